import type { DatabaseKind } from '../database.ts'
import { type Migration, words } from './types.ts'

const tables = (kind: DatabaseKind): readonly string[] => {
  const { int, text, keyed } = words(kind)
  return [
    `ALTER TABLE instances ADD COLUMN parent ${text}`,
    'CREATE INDEX instances_parent ON instances (parent) WHERE parent IS NOT NULL',
    "CREATE INDEX instances_dead ON instances (app, flow) WHERE status = 'dead'",
    `ALTER TABLE flow_tokens ADD COLUMN dead ${text}`,
    // What events of running instances wait for, so that a message or signal finds them.
    `CREATE TABLE flow_waits (instance ${text} NOT NULL REFERENCES instances(id), node ${text} NOT NULL, visit ${int} NOT NULL, app ${text} NOT NULL, kind ${text} NOT NULL, name ${text} NOT NULL, key ${text} NOT NULL, PRIMARY KEY (instance, node, visit)) ${keyed}`,
    'CREATE INDEX flow_waits_name ON flow_waits (app, kind, name, key)',
    // Messages, kept for whoever will wait for them; their ids also after they are taken, so that each counts once.
    `CREATE TABLE flow_messages (app ${text} NOT NULL, name ${text} NOT NULL, message ${text} NOT NULL, key ${text} NOT NULL, received_at ${int} NOT NULL, expires_at ${int} NOT NULL, data ${text} NOT NULL, taken_by ${text}, taken_at ${int}, PRIMARY KEY (app, name, message)) ${keyed}`,
    'CREATE INDEX flow_messages_waiting ON flow_messages (app, name, key, received_at) WHERE taken_by IS NULL',
    'CREATE INDEX flow_messages_expiry ON flow_messages (expires_at)',
    // Critical sections: the first of a queue is inside.
    `CREATE TABLE flow_mutexes (instance ${text} NOT NULL, node ${text} NOT NULL, visit ${int} NOT NULL, app ${text} NOT NULL, name ${text} NOT NULL, key ${text} NOT NULL, position ${int} NOT NULL, PRIMARY KEY (instance, node, visit)) ${keyed}`,
    'CREATE UNIQUE INDEX flow_mutexes_queue ON flow_mutexes (app, name, key, position)',
  ]
}

/** Where flows wait for each other: events by name and key, the inbox of messages, the queues of critical sections. */
export const flowWaits: Migration = { id: 10, name: 'flow-waits', statements: tables }
