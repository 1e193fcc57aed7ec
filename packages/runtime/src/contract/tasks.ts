import { type Static, Type } from 'typebox'
import { ClockView, RecordView } from './records.ts'
import { Closed, Id, Moment, Nullable, OneOf, Refs, Text, Values } from './wire.ts'

export const OutcomeView = Closed({
  id: Type.String(),
  label: Text,
  tone: Type.Optional(OneOf(['primary', 'danger', 'default'] as const)),
  requiresComment: Type.Optional(Type.Boolean()),
})

/** A task with what a worklist shows of its record. */
export const TaskView = Closed({
  id: Id,
  app: Type.String(),
  form: Type.String(),
  record: Closed(
    {
      id: Id,
      title: Type.String(),
      stage: Nullable(Type.String()),
      version: Type.Integer(),
      values: Values,
    },
    { description: "Fields of the record that the caller may read, as the form's first view shows them." },
  ),
  flow: Type.String(),
  node: Type.String(),
  label: Text,
  instruction: Type.Optional(Text),
  state: OneOf(['open', 'completed', 'cancelled'] as const),
  assignee: Nullable(Id),
  createdAt: Moment,
  claimedAt: Nullable(Moment),
  completedAt: Nullable(Moment),
  completedBy: Nullable(Id),
  outcome: Nullable(Type.String()),
  dueAt: Nullable(Moment),
  nearest: Nullable(ClockView),
  outcomes: Type.Array(OutcomeView),
  version: Type.Integer(),
  owner: Nullable(Id),
  advice: Nullable(Type.String({ description: 'Outcome that the delegate proposes.' })),
  via: Nullable(
    Closed(
      {
        kind: OneOf(['deputy', 'signer', 'delegate', 'confirm', 'returned', 'withdrawn'] as const),
        of: Nullable(Id),
      },
      { description: 'Why it is with whom it is: who is away, who added, delegated, returned or took back.' },
    ),
  ),
  can: Type.Array(
    OneOf([
      'claim',
      'complete',
      'transfer',
      'refuse',
      'delegate',
      'addAssignee',
      'removeAssignee',
      'return',
      'withdraw',
      'saveDraft',
    ] as const),
  ),
})
export type TaskView = Static<typeof TaskView>
export const TaskPage = Closed({
  items: Type.Array(TaskView),
  total: Type.Integer(),
  refs: Refs,
})
export type TaskPage = Static<typeof TaskPage>

export const TaskParameters = Closed({
  state: Type.Optional(OneOf(['open', 'completed', 'cancelled'] as const)),
  mine: Type.Optional(Type.Boolean({ description: 'Only tasks assigned to me.' })),
  pool: Type.Optional(Type.Boolean({ description: 'Only tasks nobody has taken that I may claim.' })),
  app: Type.Optional(Type.String({ maxLength: 40 })),
  form: Type.Optional(Type.String({ maxLength: 40 })),
  record: Type.Optional(Type.String({ maxLength: 64 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
export type TaskParameters = Static<typeof TaskParameters>

export const CompleteTask = Closed({
  outcome: Type.Optional(Type.String({ maxLength: 60 })),
  values: Type.Optional(Values),
  comment: Type.Optional(Type.String({ maxLength: 20_000 })),
  version: Type.Optional(Type.Integer({ minimum: 1, description: 'Version of the record the person saw.' })),
})
export type CompleteTask = Static<typeof CompleteTask>
export const TransferTask = Closed({ to: Id, comment: Type.Optional(Type.String({ maxLength: 20_000 })) })
export type TransferTask = Static<typeof TransferTask>

/** Gives back a task that a strategy assigned; the next candidate gets it. */
export const RefuseTask = Closed({ reason: Type.String({ maxLength: 2000 }) })
export type RefuseTask = Static<typeof RefuseTask>

const comment = Type.Optional(Type.String({ maxLength: 20_000 }))
export const DelegateTask = Closed({ to: Id, comment })
export type DelegateTask = Static<typeof DelegateTask>
export const AddAssignee = Closed({
  to: Id,
  position: OneOf(['before', 'after', 'parallel'] as const, {
    description: 'before: asked first, then me; after: asked when I have answered; parallel: at the same time.',
  }),
  comment,
})
export type AddAssignee = Static<typeof AddAssignee>
export const RemoveAssignee = Closed({ person: Id, comment })
export type RemoveAssignee = Static<typeof RemoveAssignee>
export const ReturnTask = Closed({
  to: Type.String({ maxLength: 40, description: 'Node, one of the targets of `GET /api/tasks/{id}/approval`.' }),
  mode: Type.Optional(
    OneOf(['again', 'back'] as const, {
      description: 'again: everything in between once more; back: then straight back here. Absent: again.',
    }),
  ),
  comment,
})
export type ReturnTask = Static<typeof ReturnTask>
export const WithdrawTask = Closed({ comment })
export type WithdrawTask = Static<typeof WithdrawTask>
export const SaveDraft = Closed({ values: Values, comment })
export type SaveDraft = Static<typeof SaveDraft>

/** How several people stand at a task, and what a page needs to offer the ways to deal with it. */
export const ApprovalView = Closed({
  mode: OneOf(['single', 'any', 'all', 'sequential'] as const),
  needed: Nullable(Type.Integer({ description: 'How many must give the first outcome; null: does not apply.' })),
  people: Type.Array(
    Closed({
      person: Nullable(Id),
      state: OneOf(['answered', 'open', 'next'] as const),
      outcome: Nullable(Type.String()),
      at: Nullable(Moment),
      addedBy: Nullable(Id),
      removable: Type.Boolean({ description: 'Whether the caller may take this person away.' }),
    }),
  ),
  targets: Type.Array(Closed({ node: Type.String(), label: Text, person: Nullable(Id) }), {
    description: 'Steps it can be returned to, the last one first.',
  }),
  draft: Nullable(
    Closed(
      { at: Moment, values: Values, comment: Nullable(Type.String()) },
      { description: 'What the caller has entered and not submitted.' },
    ),
  ),
  refs: Refs,
})
export type ApprovalView = Static<typeof ApprovalView>

/** Answer of every task command. `record` is null when the caller may no longer see it. */
export const TaskAnswer = Closed({ record: Nullable(RecordView), task: TaskView })
export type TaskAnswer = Static<typeof TaskAnswer>

/** Asks why somebody in particular did not get it. */
export const AssignmentParameters = Closed({ whyNot: Type.Optional(Id) })
const Parts = Type.Array(Closed({ id: Type.String(), label: Text, own: Type.Number(), chosen: Type.Number() }))
/**
 * Why somebody did not get a task. filtered: by `failed`; outscored: by `difference`, most of it in the first of
 * `parts`; tie: the other had been longer without an assignment.
 */
export const WhyNotView = Closed({
  user: Id,
  kind: OneOf(['chosen', 'notInPool', 'filtered', 'outscored', 'tie'] as const),
  failed: Type.Array(Closed({ id: Type.String(), label: Text })),
  difference: Nullable(Type.Number()),
  parts: Parts,
})
export type WhyNotView = Static<typeof WhyNotView>

/** Why a task went to whom. */
export const AssignmentView = Closed({
  strategy: Type.String(),
  at: Moment,
  chosen: Nullable(Id),
  fallback: Type.Boolean(),
  whyNot: Nullable(WhyNotView),
  candidates: Type.Array(
    Closed({
      user: Id,
      failed: Type.Array(Closed({ id: Type.String(), label: Text })),
      scores: Type.Array(Closed({ id: Type.String(), label: Text, value: Type.Number(), weighted: Type.Number() })),
      total: Type.Number(),
    }),
  ),
  refs: Refs,
})
export type AssignmentView = Static<typeof AssignmentView>
