import { type DocumentKind, printedSchema } from '@tenon/engine'
import { BoardDefinition } from './board.ts'
import { MetricDefinition } from './metric.ts'
import { QueryDefinition } from './query.ts'

/** The documents that reports add to an app; the runtime merges them with the engine's own kinds. */
export const reportKinds = {
  metric: { folder: 'metrics', schema: MetricDefinition },
  board: { folder: 'boards', schema: BoardDefinition },
} as const satisfies Record<string, DocumentKind>

/** What `pnpm generate` prints to `schemas/<name>.schema.json`: the documents, and a question sent by itself. */
export const documentSchemas: { readonly [kind: string]: object } = {
  ...Object.fromEntries(Object.entries(reportKinds).map(([kind, document]) => [kind, printedSchema(kind, document)])),
  query: printedSchema('query', { folder: '', schema: QueryDefinition }),
}
