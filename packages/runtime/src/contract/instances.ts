import { type Static, Type } from 'typebox'
import { Closed, Id, Moment, Nullable, OneOf, Slug } from './wire.ts'

/** What is to become of running instances when another version of their flow goes live. */
export const InstanceChoice = Closed({
  flow: Slug,
  node: Type.Optional(
    Type.String({ maxLength: 100, description: 'Node they stand at; absent: every node no other choice names.' }),
  ),
  choice: OneOf(['keep', 'move', 'park'] as const, {
    description: 'keep: finish on the old version; move: go on in the new one; park: keep, and let a person decide.',
  }),
  to: Type.Optional(
    Type.String({ maxLength: 100, description: 'Node of the new version; absent: the one with the same id.' }),
  ),
})
export type InstanceChoice = Static<typeof InstanceChoice>

export const InstanceChoices = Closed({
  choices: Type.Array(InstanceChoice, { maxItems: 2000 }),
  recompute: Type.Optional(
    Type.Boolean({ description: 'Count changed timers anew, from now; absent: they keep their moment.' }),
  ),
})
export type InstanceChoices = Static<typeof InstanceChoices>

/** The choices that go live together with a version. */
export const InstancesWhenLive = Type.Unsafe<InstanceChoices>({
  ...InstanceChoices,
  description: 'What becomes of running instances of flows that change; absent: all finish on their version.',
})

/** Running instances that stand at one node of one version, and what keeps them from moving. Counted per instance. */
export const InstanceStanding = Closed({
  flow: Slug,
  flowLabel: Type.String(),
  version: Nullable(Type.Integer({ description: 'Version of the app that first had this text of the flow.' })),
  node: Type.String(),
  nodeLabel: Type.String(),
  count: Type.Integer(),
  movable: Type.Integer({ description: 'How many of them can move as the choices stand.' }),
  blocked: Type.Array(
    Closed({
      code: Type.String(),
      message: Type.String(),
      count: Type.Integer(),
      examples: Type.Array(Closed({ form: Slug, id: Id, title: Type.String() }), {
        description: 'Up to three records that I may read.',
      }),
    }),
  ),
  targets: Type.Array(Closed({ node: Type.String(), label: Type.String() }), {
    description: 'Nodes of the new version that could take over.',
  }),
})
export type InstanceStanding = Static<typeof InstanceStanding>

export const InstancePlan = Closed({
  standings: Type.Array(InstanceStanding),
  /** What the choices sent along would do, in instances; without choices all are kept. */
  outcome: Closed({ keep: Type.Integer(), move: Type.Integer(), park: Type.Integer(), blocked: Type.Integer() }),
})
export type InstancePlan = Static<typeof InstancePlan>

export const MoveInstances = Closed({
  choices: Type.Array(InstanceChoice, { maxItems: 2000 }),
  recompute: Type.Optional(Type.Boolean()),
  dryRun: Type.Optional(Type.Boolean({ description: 'Only say what would happen; absent: do it.' })),
})
export type MoveInstances = Static<typeof MoveInstances>

export const InstanceMove = Closed({
  id: Id,
  version: Type.Integer(),
  state: OneOf(['running', 'done'] as const),
  startedAt: Moment,
  finishedAt: Nullable(Moment),
  moved: Type.Integer(),
  kept: Type.Integer(),
  parked: Type.Integer(),
})
export type InstanceMove = Static<typeof InstanceMove>
export const MoveAnswer = Closed({ plan: InstancePlan, move: Nullable(Id) })
export type MoveAnswer = Static<typeof MoveAnswer>

/** An instance that waits for somebody to say how it goes on. */
export const ParkedInstance = Closed({
  instance: Id,
  flow: Slug,
  flowLabel: Type.String(),
  version: Nullable(Type.Integer()),
  form: Slug,
  record: Id,
  title: Nullable(Type.String({ description: 'null: I may not read the record.' })),
  since: Moment,
  nodes: Type.Array(Closed({ node: Type.String(), label: Type.String() })),
  reasons: Type.Array(Closed({ code: Type.String(), message: Type.String(), node: Type.String() })),
  targets: Type.Array(Closed({ node: Type.String(), label: Type.String(), type: Type.String() })),
})
export type ParkedInstance = Static<typeof ParkedInstance>
export const InstanceOverview = Closed({
  standings: Type.Array(InstanceStanding),
  parked: Type.Array(ParkedInstance, { description: 'The first 200.' }),
  moves: Type.Array(InstanceMove, { description: 'The last 20.' }),
})
export type InstanceOverview = Static<typeof InstanceOverview>

export const ResolveInstance = Closed({
  do: OneOf(['move', 'keep', 'cancel'] as const),
  to: Type.Optional(
    Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 100 }), {
      description: 'For move: node of the live version by the node it stands at. Absent: the same ids.',
    }),
  ),
  reason: Type.Optional(Type.String({ maxLength: 1000, description: 'For cancel: why.' })),
})
export type ResolveInstance = Static<typeof ResolveInstance>
