import type { Migration } from './types.ts'

/** The runs of a flow in a stretch of time, for its history. */
export const instancesByFlow: Migration = {
  id: 78,
  name: 'instances-by-flow',
  statements: () => ['CREATE INDEX instances_flow ON instances (app, flow, started_at)'],
}
