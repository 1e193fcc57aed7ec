import { type Static, Type } from 'typebox'
import { InstancePlan, InstancesWhenLive } from './instances.ts'
import { Closed, Document, Id, Moment, Nullable, OneOf, Slug } from './wire.ts'

/** One file of an app's folder, `forms/ticket.json`. Definitions as their text; README and samples travel byte for byte. */
export const AppFile = Closed({
  path: Type.String({ minLength: 1, maxLength: 200 }),
  text: Type.Optional(Type.String({ maxLength: 4_000_000, description: 'UTF-8 text; or give base64.' })),
  base64: Type.Optional(Type.String({ maxLength: 6_000_000 })),
})
export type AppFile = Static<typeof AppFile>
export const AppFiles = Closed({
  files: Type.Optional(
    Type.Array(AppFile, { minItems: 1, maxItems: 5000, description: 'The app whole; or name a draft.' }),
  ),
  draft: Type.Optional(
    Type.String({ maxLength: 60, description: 'Draft whose files are meant; absent, without files: main.' }),
  ),
  revision: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Revision of the draft that is meant: another one is a conflict.' }),
  ),
  baseVersion: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'Version the files were made from; publishing refuses when a newer one is live. Absent: not checked.',
    }),
  ),
  instances: Type.Optional(InstancesWhenLive),
  recalculate: Type.Optional(
    Type.Array(Slug, {
      maxItems: 100,
      description:
        'Policies whose open clocks are counted again from their start by what is published. Absent: what they have counted stays, what is to come follows the new calendars.',
    }),
  ),
  confirm: Type.Optional(
    Type.Array(Type.String({ maxLength: 200 }), {
      maxItems: 1000,
      description: "Keys of the plan's steps that need confirmation or destroy, as the plan named them.",
    }),
  ),
})
export type AppFiles = Static<typeof AppFiles>

export const DesignProblem = Closed({
  file: Type.String(),
  path: Type.String(),
  code: Type.String(),
  message: Type.String(),
  severity: OneOf(['error', 'warning'] as const),
})
export type DesignProblem = Static<typeof DesignProblem>
export const Validation = Closed({ problems: Type.Array(DesignProblem) })
export type Validation = Static<typeof Validation>

/** What publishing changes in data, step by step. */
export const PlanStep = Closed({
  key: Type.String(),
  kind: OneOf(['safe', 'confirm', 'destructive'] as const),
  what: Type.String(),
  affected: Nullable(Type.Integer({ description: 'Rows that hold a value now.' })),
  lost: Nullable(
    Type.Integer({ description: 'Values that cannot be converted, or are taken away; null: none can be.' }),
  ),
  values: Type.Array(
    Closed({
      record: Id,
      title: Type.String(),
      value: Type.String({ description: 'In words; empty for a whole record.' }),
    }),
    { description: 'The first of them, in records that I may read.' },
  ),
})
export type PlanStep = Static<typeof PlanStep>
export const PublishPlan = Closed({
  app: Type.String(),
  fromVersion: Nullable(Type.Integer()),
  toVersion: Type.Integer(),
  changedFiles: Type.Array(Closed({ path: Type.String(), change: OneOf(['added', 'changed', 'removed'] as const) })),
  steps: Type.Array(PlanStep),
  problems: Type.Array(DesignProblem),
  changes: Type.Array(Type.String(), { description: 'What is different from the live version, a sentence each.' }),
  instances: InstancePlan,
  runningInstances: Type.Array(Closed({ flow: Type.String(), count: Type.Integer() })),
})
export type PublishPlan = Static<typeof PublishPlan>
export const Published = Closed({ app: Type.String(), version: Type.Integer(), plan: PublishPlan })
export type Published = Static<typeof Published>

/** What publishing with `recalculate` would make of open clocks. Only those of records the caller may see are listed. */
export const RecalculationAnswer = Closed({
  clocks: Type.Integer({ description: 'Clocks that would change.' }),
  more: Type.Boolean({ description: 'Not every record with open clocks was looked at.' }),
  items: Type.Array(
    Closed({
      form: Slug,
      record: Id,
      title: Type.String(),
      policy: Slug,
      clock: Slug,
      dueBefore: Nullable(Moment),
      dueAfter: Nullable(Moment),
      targetMsBefore: Type.Integer(),
      targetMsAfter: Type.Integer(),
      elapsedMsBefore: Type.Integer(),
      elapsedMsAfter: Type.Integer(),
      breachedBefore: Type.Boolean(),
      breachedAfter: Type.Boolean(),
    }),
  ),
})
export type RecalculationAnswer = Static<typeof RecalculationAnswer>

export const DesignApp = Closed({
  app: Type.String(),
  version: Type.Integer(),
  publishedAt: Moment,
  files: Type.Array(AppFile),
})
export type DesignApp = Static<typeof DesignApp>
export const VersionList = Closed({
  items: Type.Array(
    Closed({ version: Type.Integer(), publishedAt: Moment, by: Nullable(Type.String()), changed: Type.Integer() }),
  ),
})
export type VersionList = Static<typeof VersionList>

/** Which scenarios of which files are run. */
export const RunScenarios = Closed({
  ...AppFiles.properties,
  scenario: Type.Optional({ ...Slug, description: 'Only this one; absent: all of them.' }),
})
export type RunScenarios = Static<typeof RunScenarios>

export const ScenarioRun = Closed({
  passed: Type.Integer(),
  failed: Type.Integer(),
  future: Type.Integer(),
  items: Type.Array(
    Closed({
      id: Type.String(),
      result: OneOf(['passed', 'failed', 'future'] as const),
      details: Type.Array(Closed({ step: Type.Integer(), message: Type.String() }), {
        description: 'What did not hold, by step (from 0; −1: the beginning).',
      }),
    }),
  ),
})
export type ScenarioRun = Static<typeof ScenarioRun>

export const BpmnFile = Closed({
  xml: Type.String({ minLength: 1, maxLength: 2_000_000, description: 'BPMN 2.0 XML.' }),
  form: Type.Optional(Slug),
})
export type BpmnFile = Static<typeof BpmnFile>

/** What became of one element of an imported document. */
export const BpmnReported = Closed({
  element: Type.String({ description: 'Its id, or that of the element it belongs to.' }),
  type: Type.String({ description: "BPMN's name of what it is." }),
  name: Type.Optional(Type.String()),
  what: OneOf(['run', 'adapted', 'kept'] as const, {
    description:
      'run: means here what BPMN says; adapted: runs as something near; kept: not run, exported again as it came.',
  }),
  flow: Type.Optional(Type.String({ description: 'Id of the flow it is in.' })),
  node: Type.Optional(Type.String({ description: 'Id of the node it has become.' })),
  as: Type.Optional(Type.String({ description: 'Type of that node.' })),
  notes: Type.Array(Closed({ code: Type.String(), message: Type.String() })),
})
export const BpmnImported = Closed({
  flows: Type.Array(Document, { description: 'Flow documents, ready for the folder `flows`; nothing is published.' }),
  report: Type.Array(BpmnReported),
})
export type BpmnImported = Static<typeof BpmnImported>

/** Asks what a draft's policies and calendars would have made of real records. */
export const WhatIf = Closed({
  ...AppFiles.properties,
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 366, description: 'Records created in the last so many days. Absent: 90.' }),
  ),
})
export type WhatIf = Static<typeof WhatIf>

const standing = Nullable(
  Closed({
    policy: Type.String(),
    result: OneOf(['met', 'breached', 'running', 'paused', 'cancelled'] as const),
    targetMs: Type.Integer(),
    elapsedMs: Type.Integer(),
  }),
)
const counts = Closed({
  met: Type.Integer(),
  breached: Type.Integer(),
  running: Type.Integer(),
  paused: Type.Integer(),
  cancelled: Type.Integer(),
  attainment: Nullable(Type.Number({ description: 'met ÷ (met + breached); null while nothing has a result.' })),
})

/**
 * Results as they are and as they would be, had the draft been in force all along. Nothing is written. Only records
 * the caller may see are looked at, the newest first, and none that was imported as history.
 */
export const WhatIfAnswer = Closed({
  since: Moment,
  records: Type.Integer(),
  /** There were more records than are looked at in one answer. */
  more: Type.Boolean(),
  clocks: Type.Array(Closed({ form: Type.String(), clock: Type.String(), before: counts, after: counts })),
  differing: Type.Integer({ description: 'Records with a clock that differs; the first of them are listed.' }),
  differences: Type.Array(
    Closed({
      form: Type.String(),
      record: Id,
      title: Type.String(),
      clock: Type.String(),
      before: standing,
      after: standing,
    }),
  ),
  overlaps: Type.Array(
    Closed({
      form: Type.String(),
      policies: Type.Array(Type.String(), { description: 'In the order in which they are tried: the first applies.' }),
      count: Type.Integer({ description: 'Records of the last 30 days that meet all of them now.' }),
      examples: Type.Array(Closed({ record: Id, title: Type.String() })),
    }),
  ),
  withoutDefault: Type.Array(Type.String(), { description: 'Forms none of whose policies applies to every record.' }),
})
export type WhatIfAnswer = Static<typeof WhatIfAnswer>
