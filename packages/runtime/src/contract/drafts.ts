import { type Static, Type } from 'typebox'
import { AppFile, DesignProblem, PublishPlan } from './design.ts'
import { InstancesWhenLive } from './instances.ts'
import { Closed, Document, Id, Moment, Nullable, OneOf } from './wire.ts'

export const DraftName = Type.String({
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} _.-]{0,59}$',
  description: 'An app may have several drafts; absent: main.',
})
export const DraftQuery = Closed({ name: Type.Optional(DraftName) })

/** A draft whole. Revision 0: nobody has changed anything yet, these are the published files. */
export const DraftView = Closed({
  id: Nullable(Id),
  app: Type.String(),
  name: Type.String(),
  revision: Type.Integer(),
  baseVersion: Type.Integer({ description: 'Version it was made from; 0: none.' }),
  liveVersion: Type.Integer({ description: 'Newer than baseVersion: `rebase` brings the draft up to date.' }),
  updatedAt: Nullable(Moment),
  updatedBy: Nullable(Type.String()),
  files: Type.Array(AppFile),
  canUndo: Type.Boolean(),
  canRedo: Type.Boolean(),
})
export type DraftView = Static<typeof DraftView>
export const DraftList = Closed({
  items: Type.Array(
    Closed({
      id: Id,
      name: Type.String(),
      revision: Type.Integer(),
      baseVersion: Type.Integer(),
      updatedAt: Moment,
      updatedBy: Nullable(Type.String()),
    }),
  ),
})
export type DraftList = Static<typeof DraftList>

export const PutDraft = Closed({
  files: Type.Array(AppFile, { minItems: 1, maxItems: 5000 }),
  baseVersion: Type.Integer({ minimum: 0 }),
  revision: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Revision it replaces: another one is a conflict. Absent: not compared.' }),
  ),
  copyOf: Type.Optional({
    ...DraftName,
    description: 'Draft the files are a copy of: the upgrade that is in it is one here too. Absent: of none.',
  }),
})
export type PutDraft = Static<typeof PutDraft>

/** RFC 6902 over the draft as one document: its members are the files by path, a definition as its JSON. */
export const PatchDraft = Closed({
  revision: Type.Integer({ minimum: 0, description: 'Revision the patch was made on: another one is a conflict.' }),
  label: Type.Optional(Type.String({ maxLength: 200, description: 'What was done, for the history.' })),
  patch: Type.Array(
    Type.Unsafe<PatchLine>({
      type: 'object',
      required: ['op', 'path'],
      additionalProperties: false,
      properties: {
        op: { type: 'string', enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
        path: { type: 'string', maxLength: 2000, pattern: '^(/.*)?$' },
        from: { type: 'string', maxLength: 2000, pattern: '^(/.*)?$' },
        value: {},
      },
    }),
    { minItems: 1, maxItems: 2000 },
  ),
})
export type PatchLine =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string }
export type PatchDraft = Static<typeof PatchDraft>
export const StepDraft = Closed({
  revision: Type.Integer({ minimum: 0 }),
  others: Type.Optional(
    Type.Boolean({
      description: 'Also an edit that somebody else has made; absent: that is refused, with whose it is.',
    }),
  ),
})
export type StepDraft = Static<typeof StepDraft>

/** After an edit: the new revision, and the patch that was applied (of undo and redo: theirs). */
export const DraftEdited = Closed({
  revision: Type.Integer(),
  patch: Type.Array(Document),
  canUndo: Type.Boolean(),
  canRedo: Type.Boolean(),
})
export type DraftEdited = Static<typeof DraftEdited>
export const DraftHistory = Closed({
  revision: Type.Integer(),
  items: Type.Array(
    Closed({
      seq: Type.Integer(),
      revision: Type.Integer(),
      at: Moment,
      by: Nullable(Type.String()),
      label: Type.String(),
      undone: Type.Boolean(),
      patch: Type.Array(Document),
    }),
    { description: 'Newest first, at most 200.' },
  ),
})
export type DraftHistory = Static<typeof DraftHistory>

export const Presence = Closed({
  place: Type.Optional(Type.String({ maxLength: 300, description: 'Address of the element I am at; absent: none.' })),
})
export type Presence = Static<typeof Presence>
export const PresenceAnswer = Closed({
  people: Type.Array(Closed({ user: Id, name: Type.String(), place: Type.String(), seenAt: Moment }), {
    description: 'Everybody else who has been in the draft during the last minute.',
  }),
})
export type PresenceAnswer = Static<typeof PresenceAnswer>

export const DesignComment = Closed({
  id: Id,
  place: Type.String({ description: 'Address of the element: forms/ticket.json/fields/priority.' }),
  body: Type.String(),
  at: Moment,
  by: Nullable(Type.String()),
  resolvedAt: Nullable(Moment),
  resolvedBy: Nullable(Type.String()),
})
export type DesignComment = Static<typeof DesignComment>
export const DesignComments = Closed({ items: Type.Array(DesignComment) })
export type DesignComments = Static<typeof DesignComments>
export const AddDesignComment = Closed({
  place: Type.String({ minLength: 1, maxLength: 300 }),
  body: Type.String({ minLength: 1, maxLength: 4000 }),
})
export type AddDesignComment = Static<typeof AddDesignComment>
export const ResolveDesignComment = Closed({ resolved: Type.Boolean() })

/** Both sides have changed the same thing; undecided, mine stays. */
export const WireConflict = Closed({
  address: Type.String(),
  about: OneOf(['value', 'order'] as const),
  text: Type.String({ description: 'What it is about, in words.' }),
  mineText: Type.String({
    description: 'What stands on my side, in words; empty: nothing does, or nothing that has words.',
  }),
  theirsText: Type.String({ description: 'The same of the other side.' }),
  base: Type.Optional(Type.Unknown()),
  mine: Type.Optional(Type.Unknown()),
  theirs: Type.Optional(Type.Unknown()),
  taken: Type.Unknown({ description: 'mine, theirs, or {value}.' }),
  decided: Type.Boolean(),
})
export type WireConflict = Static<typeof WireConflict>
export const WireDecisions = Type.Unsafe<{
  readonly [address: string]: 'mine' | 'theirs' | { readonly value?: unknown }
}>({
  type: 'object',
  additionalProperties: {
    anyOf: [
      { type: 'string', enum: ['mine', 'theirs'] },
      { type: 'object', additionalProperties: false, properties: { value: {} } },
    ],
  },
  description: 'By the address of the conflict; remembered for the next merge.',
})

export const RebaseDraft = Closed({
  revision: Type.Integer({ minimum: 0 }),
  decisions: Type.Optional(WireDecisions),
  dryRun: Type.Optional(Type.Boolean({ description: 'Only list conflicts; absent: do it.' })),
})
export type RebaseDraft = Static<typeof RebaseDraft>
export const MergeAnswer = Closed({
  draft: Type.String({ description: 'Name of the draft that holds the result.' }),
  revision: Type.Integer(),
  conflicts: Type.Array(WireConflict),
  changes: Type.Array(Type.String(), { description: 'What the merged version changes in the live one, in words.' }),
})
export type MergeAnswer = Static<typeof MergeAnswer>
/** An upgrade goes into a draft of its own: `upgrade`, or while that holds something unpublished `upgrade-2` and so on. */
export const UpgradeAnswer = Closed({
  ...MergeAnswer.properties,
  problems: Type.Array(DesignProblem, {
    description: 'What keeps the merged version from being published, and warnings.',
  }),
})
export type UpgradeAnswer = Static<typeof UpgradeAnswer>

export const UpgradeApp = Closed({
  files: Type.Array(AppFile, { minItems: 1, maxItems: 5000, description: 'The new version of the template, whole.' }),
  decisions: Type.Optional(WireDecisions),
  dryRun: Type.Optional(Type.Boolean()),
})
export type UpgradeApp = Static<typeof UpgradeApp>

export const VersionChange = Closed({
  file: Type.String(),
  address: Type.String(),
  kind: OneOf(['added', 'removed', 'changed', 'moved'] as const),
  text: Type.String({ description: 'One sentence in business words.' }),
})
export type VersionChange = Static<typeof VersionChange>
export const VersionDiff = Closed({ items: Type.Array(VersionChange) })
export type VersionDiff = Static<typeof VersionDiff>
export const DiffQuery = Closed({
  from: Type.Integer({ minimum: 1 }),
  to: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Absent: with `draft` that draft, else the live version.' }),
  ),
  draft: Type.Optional(DraftName),
})
export type DiffQuery = Static<typeof DiffQuery>

export const RollBack = Closed({
  version: Type.Integer({ minimum: 1 }),
  baseVersion: Type.Optional(Type.Integer({ minimum: 1 })),
  confirm: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 1000 })),
  instances: Type.Optional(InstancesWhenLive),
  dryRun: Type.Optional(Type.Boolean({ description: 'Only the plan; absent: publish.' })),
})
export type RollBack = Static<typeof RollBack>
export const RolledBack = Closed({ version: Nullable(Type.Integer()), plan: PublishPlan })
export type RolledBack = Static<typeof RolledBack>
