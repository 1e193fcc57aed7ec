import type { DocumentKind } from '@tenon/engine'
import { BoardDefinition } from './board.ts'
import { MetricDefinition } from './metric.ts'

/** The documents that reports add to an app; the runtime merges them with the engine's own kinds. */
export const reportKinds = {
  metric: { folder: 'metrics', schema: MetricDefinition },
  board: { folder: 'boards', schema: BoardDefinition },
} as const satisfies Record<string, DocumentKind>
