import { type CalendarDefinition, clockTypes, type RecordRight } from '@tenon/engine'
import { type Static, Type } from 'typebox'
import { recordRightNames } from './apps.ts'
import { Closed, Document, Id, Moment, Nullable, OneOf, Refs, Slug, Text, Values, WireCondition } from './wire.ts'

const system = {
  app: Type.String(),
  form: Type.String(),
  id: Id,
  version: Type.Integer(),
  title: Type.String(),
  created_at: Moment,
  created_by: Nullable(Id),
  updated_at: Moment,
  updated_by: Nullable(Id),
}

/** One row of a list: the asked fields I may read (`customer.level` under that very key). */
export const RecordItem = Closed({ ...system, values: Values })
export type RecordItem = Static<typeof RecordItem>

export const RecordPage = Closed({
  items: Type.Array(RecordItem),
  total: Nullable(Type.Integer()),
  nextCursor: Type.Optional(
    Type.String({ description: 'Given while there are more rows: `cursor=` of the next request.' }),
  ),
  refs: Refs,
})
export type RecordPage = Static<typeof RecordPage>

export const ClockSegmentView = Closed({
  from: Moment,
  to: Nullable(Moment),
  state: OneOf(['running', 'paused', 'closed'] as const),
  why: Type.String(),
  calendar: Nullable(Type.String()),
  calendarLabel: Nullable(Text),
  countedMs: Type.Integer({
    description: 'What it counted, until now where it still goes on. All together: elapsedMs.',
  }),
  version: Nullable(Type.Integer({ description: 'Version of the app by whose policy it was counted.' })),
})
/** An SLA clock or the time limit of a task. Durations in milliseconds of the clock's calendar. */
export const ClockView = Closed({
  id: Id,
  kind: OneOf(['policy', 'limit'] as const),
  policy: Nullable(Type.String()),
  clock: Nullable(Type.String({ description: 'Id of the clock in its policy.' })),
  node: Nullable(Type.String({ description: 'Node of the task a limit belongs to.' })),
  task: Nullable(Id),
  label: Text,
  agreement: OneOf(clockTypes, { description: 'To whom it is promised; limits of tasks are internal.' }),
  run: Type.Integer(),
  state: OneOf(['running', 'paused', 'stopped', 'cancelled'] as const),
  targetMs: Type.Integer(),
  elapsedMs: Type.Integer(),
  startedAt: Moment,
  dueAt: Nullable(Moment),
  stoppedAt: Nullable(Moment),
  breachedAt: Nullable(Moment),
  met: Nullable(Type.Boolean()),
  pauseUntil: Nullable(Moment),
  acknowledged: Nullable(Closed({ at: Moment, by: Nullable(Id) })),
  mayAcknowledge: Type.Boolean({ description: 'It has reminded people, and I may stop its ladder.' }),
  segments: Type.Array(ClockSegmentView),
})
export type ClockView = Static<typeof ClockView>

/** A record as I may see it. `values` has only fields I may read. */
export const RecordView = Closed({
  ...system,
  values: Values,
  refs: Refs,
  can: Type.Array(Type.Unsafe<RecordRight>(OneOf(recordRightNames))),
  actions: Type.Array(Type.String(), { description: 'Buttons of the form that I may press now.' }),
  clocks: Type.Array(ClockView),
  history: Type.Boolean({ description: 'Imported as history.' }),
})
export type RecordView = Static<typeof RecordView>

export const CreateRecord = Closed({ values: Values })
export type CreateRecord = Static<typeof CreateRecord>
export const UpdateRecord = Closed({ values: Values, version: Type.Integer({ minimum: 1 }) })
export type UpdateRecord = Static<typeof UpdateRecord>
export const CreateComment = Closed({
  body: Type.String({ minLength: 1, maxLength: 20_000 }),
  visibility: Type.Optional(
    OneOf(['internal', 'public'] as const, { description: 'public: the customer may read it. Absent: internal.' }),
  ),
  mentions: Type.Optional(Type.Array(Id, { maxItems: 50 })),
  files: Type.Optional(Type.Array(Id, { maxItems: 50 })),
})
export type CreateComment = Static<typeof CreateComment>
export const RunAction = Closed({ version: Type.Optional(Type.Integer({ minimum: 1 })) })
export type RunAction = Static<typeof RunAction>

/** Bulk edit: the named records, or all that a condition finds; each row is a command of its own. */
export const Batch = Closed({
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
  where: Type.Optional(WireCondition),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  values: Type.Optional(Values),
  remove: Type.Optional(Type.Boolean({ description: 'Deletes instead of changing; give values or this.' })),
})
export type Batch = Static<typeof Batch>
export const BatchResult = Closed({
  changed: Type.Integer(),
  failed: Type.Array(Closed({ id: Id, title: Type.String(), code: Type.String(), message: Type.String() })),
})
export type BatchResult = Static<typeof BatchResult>

/** One thing that happened. `data` depends on `type`: changed values before and after, comment body, outcome … */
export const TimelineEntry = Closed({
  id: Id,
  seq: Type.Integer(),
  at: Moment,
  type: Type.String(),
  actor: Nullable(Id),
  source: Type.String(),
  cause: Nullable(
    Type.String({
      description: 'What made it happen, e.g. rule:vip_complaint@3 or flow:ticket_sop/intake; null: a person.',
    }),
  ),
  data: Document,
})
export type TimelineEntry = Static<typeof TimelineEntry>
export const Timeline = Closed({
  items: Type.Array(TimelineEntry),
  refs: Refs,
  nextBefore: Type.Optional(Type.Integer()),
})
export type Timeline = Static<typeof Timeline>

export const fieldModes = ['hidden', 'read', 'edit', 'required'] as const
/** A form as it is to be drawn now: for a new record, for a record, or for a record at a task. */
export const FormContext = Closed({
  app: Type.String(),
  form: Type.String(),
  mode: OneOf(['create', 'view', 'edit', 'task'] as const),
  schema: Document,
  uiSchema: Document,
  state: Type.Record(
    Type.String(),
    Closed({ visible: Type.Boolean(), editable: Type.Boolean(), required: Type.Boolean() }),
  ),
  data: Values,
  mask: Nullable(Type.Record(Type.String(), OneOf(fieldModes))),
  rights: Type.Record(Type.String(), OneOf(['hidden', 'read', 'edit'] as const)),
  version: Nullable(Type.Integer({ description: 'Version of the record; null when it is new.' })),
  appVersion: Type.Integer(),
  refs: Refs,
  calendars: Type.Optional(
    Closed(
      { own: Nullable(Type.String()), all: Type.Array(Type.Unsafe<CalendarDefinition>({ type: 'object' })) },
      {
        description: 'Calendars of the app, `own` being its usual one; only where formulas of the form count workdays.',
      },
    ),
  ),
})
export type FormContext = Static<typeof FormContext>

export const SavedView = Closed({
  id: Id,
  name: Type.String(),
  shared: Type.Boolean({ description: 'Others of the app see it too.' }),
  mine: Type.Boolean(),
  columns: Type.Array(Type.String()),
  where: Nullable(WireCondition),
  sort: Type.Array(Type.String()),
  as: Type.Optional(Type.String({ description: 'View of the form as which it is drawn; absent: as a table.' })),
})
export type SavedView = Static<typeof SavedView>
export const SavedViewList = Closed({ items: Type.Array(SavedView) })
export type SavedViewList = Static<typeof SavedViewList>
export const SaveView = Closed({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  shared: Type.Optional(Type.Boolean()),
  columns: Type.Array(Type.String({ maxLength: 120 }), { minItems: 1, maxItems: 60 }),
  where: Type.Optional(Nullable(WireCondition)),
  sort: Type.Optional(Type.Array(Type.String({ maxLength: 120 }), { maxItems: 5 })),
  as: Type.Optional(Slug),
})
export type SaveView = Static<typeof SaveView>

/** Query string of lists and exports. `where` is a condition as JSON text. */
export const ListParameters = Closed({
  where: Type.Optional(Type.String({ maxLength: 20_000 })),
  sort: Type.Optional(Type.String({ maxLength: 500 })),
  fields: Type.Optional(Type.String({ maxLength: 5000 })),
  view: Type.Optional(
    Type.String({ maxLength: 64, description: 'A view of the form; its condition and sort apply beneath.' }),
  ),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  cursor: Type.Optional(Type.String({ maxLength: 2000 })),
  count: Type.Optional(Type.Boolean()),
})
export type ListParameters = Static<typeof ListParameters>

/** Takes notice of a clock: its ladder climbs no further. */
export const AcknowledgeClock = Closed({ note: Type.Optional(Type.String({ maxLength: 2000 })) })
export type AcknowledgeClock = Static<typeof AcknowledgeClock>
