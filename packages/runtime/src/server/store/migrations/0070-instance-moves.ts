import { type Migration, words } from './types.ts'

/** Instances that wait for a person's decision, and the background work of taking instances to another version. */
export const instanceMoves: Migration = {
  id: 70,
  name: 'instance-moves',
  statements: (kind) => {
    const { int, text, table } = words(kind)
    return [
      `ALTER TABLE instances ADD COLUMN parked ${text}`,
      "CREATE INDEX instances_parked ON instances (app, id) WHERE parked IS NOT NULL AND status = 'running'",
      `CREATE TABLE instance_moves (id ${text} PRIMARY KEY, app ${text} NOT NULL, version ${int} NOT NULL,
        targets ${text} NOT NULL, choices ${text} NOT NULL, state ${text} NOT NULL, started_by ${text},
        started_at ${int} NOT NULL, finished_at ${int}, after ${text} NOT NULL, moved ${int} NOT NULL,
        kept ${int} NOT NULL, parked ${int} NOT NULL) ${table}`,
      "CREATE INDEX instance_moves_open ON instance_moves (id) WHERE state = 'running'",
    ]
  },
}
