import { type Migration, words } from './types.ts'

/** Calls of other systems and what they answered, the order in which effects go out, and secrets by name. */
export const webhooks: Migration = {
  id: 75,
  name: 'webhooks',
  statements: (kind) => {
    const { int, text, table, keyed } = words(kind)
    const counted = kind === 'sqlite' ? 'INTEGER PRIMARY KEY AUTOINCREMENT' : 'BIGSERIAL PRIMARY KEY'
    return [
      `CREATE TABLE outbox_lanes (seq ${counted}, lane ${text} NOT NULL, key ${text} NOT NULL UNIQUE,
        effect ${text} NOT NULL) ${table}`,
      'CREATE INDEX outbox_lanes_order ON outbox_lanes (lane, seq)',
      `CREATE TABLE webhook_calls (key ${text} PRIMARY KEY, id ${text} NOT NULL, app ${text} NOT NULL, form ${text},
        record ${text}, cause ${text} NOT NULL, method ${text} NOT NULL, url ${text} NOT NULL, state ${text} NOT NULL,
        status ${int}, answer ${text}, error ${text}, attempts ${int} NOT NULL, created_at ${int} NOT NULL,
        updated_at ${int} NOT NULL) ${keyed}`,
      'CREATE INDEX webhook_calls_app ON webhook_calls (app, id)',
      `CREATE TABLE secrets (app ${text} NOT NULL, name ${text} NOT NULL, origin ${text} NOT NULL, sealed ${text} NOT NULL,
        updated_at ${int} NOT NULL, updated_by ${text}, PRIMARY KEY (app, name)) ${keyed}`,
    ]
  },
}
