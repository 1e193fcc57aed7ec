import { type Static, Type } from 'typebox'
import { JobView } from './jobs.ts'
import { Closed, Nullable, Slug } from './wire.ts'

/** The demo data an app's live version brings, sheet by sheet in the order in which it is imported. */
export const SampleView = Closed({
  loaded: Type.Boolean({ description: 'Its records are there.' }),
  items: Type.Array(
    Closed({
      file: Type.String(),
      form: Slug,
      rows: Type.Integer(),
      job: Nullable(JobView),
    }),
    { description: '`job` is its last import or trial run; null: there was none.' },
  ),
})
export type SampleView = Static<typeof SampleView>

export const LoadSample = Closed({
  dryRun: Type.Boolean({ description: 'Only try whether every row could be imported.' }),
})
export type LoadSample = Static<typeof LoadSample>
