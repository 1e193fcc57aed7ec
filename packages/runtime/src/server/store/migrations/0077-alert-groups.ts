import { type Migration, words } from './types.ts'

/** Which groups of records each standing alert stands on; of those there are already, any. */
export const alertGroups: Migration = {
  id: 77,
  name: 'alert-groups',
  statements(kind) {
    const { text, keyed } = words(kind)
    return [
      `CREATE TABLE alert_groups (app ${text} NOT NULL, key ${text} NOT NULL, alert ${text} NOT NULL REFERENCES alerts(id),
        PRIMARY KEY (app, key, alert)) ${keyed}`,
      'CREATE INDEX alert_groups_alert ON alert_groups (alert)',
      "INSERT INTO alert_groups (app, key, alert) SELECT app, '*', id FROM alerts WHERE cleared_at IS NULL",
    ]
  },
}
