import { type Static, Type } from 'typebox'
import { JobView } from './jobs.ts'
import { Closed, Nullable, Slug } from './wire.ts'

/** Who plays the demo, once they are made, and the running work that they have. */
const SamplePeople = Closed({
  count: Type.Integer({ description: 'People the demo data brings.' }),
  tickets: Type.Integer({ description: 'Running work that they play.' }),
  allowed: Type.Boolean({ description: 'Whether the one who asks may make them: who administers people.' }),
  made: Type.Array(Closed({ username: Type.String(), name: Type.String(), as: Type.String() }), {
    description: 'Those who are there, with what the demo data calls them: another name where theirs was taken.',
  }),
  job: Nullable(JobView),
})

/** The demo data an app's live version brings, sheet by sheet in the order in which it is imported. */
export const SampleView = Closed({
  people: Nullable(SamplePeople),
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
  people: Type.Optional(
    Type.Boolean({
      description:
        'Makes its people, who cannot sign in before an administrator gives them a password, and plays their running work; for who administers people. Absent: no.',
    }),
  ),
})
export type LoadSample = Static<typeof LoadSample>
