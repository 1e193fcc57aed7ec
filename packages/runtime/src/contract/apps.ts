import type { FormDefinition, Limit, RecordRight } from '@tenon/engine'
import { type Static, Type } from 'typebox'
import { Closed, Nullable, OneOf, Text } from './wire.ts'

export const AppSummary = Closed({
  id: Type.String(),
  version: Type.Integer(),
  label: Text,
  description: Type.Optional(Text),
  icon: Type.Optional(Type.String()),
})
export type AppSummary = Static<typeof AppSummary>
export const AppList = Closed({ items: Type.Array(AppSummary) })
export type AppList = Static<typeof AppList>

/** An entry of the left bar that I may open; exactly one of page, form, board is given. */
export const NavigationView = Closed({
  id: Type.String(),
  label: Text,
  icon: Type.Optional(Type.String()),
  group: Type.Optional(Text),
  page: Type.Optional(OneOf(['workbench', 'customers360', 'assignmentCheck'] as const)),
  form: Type.Optional(Type.String()),
  view: Type.Optional(Type.String()),
  board: Type.Optional(Type.String()),
})
export type NavigationView = Static<typeof NavigationView>

export const recordRightNames = ['read', 'create', 'update', 'delete', 'comment', 'export', 'import', 'bulk'] as const

/**
 * A form as I may see it: the definition without the fields hidden from me on every row, without `access`, and with
 * only the views and buttons of my roles. `rights` is what I may do on some row at least; a record says its own.
 */
export const FormView = Closed({
  id: Type.String(),
  definition: Type.Unsafe<FormDefinition>({ type: 'object', additionalProperties: true }),
  rights: Type.Array(Type.Unsafe<RecordRight>(OneOf(recordRightNames))),
  fields: Type.Record(Type.String(), OneOf(['read', 'edit'] as const), {
    description: 'Best right I have on the field on some row.',
  }),
})
export type FormView = Static<typeof FormView>

/** The nodes a stepper and a timeline name; edges tell the usual order. */
export const FlowView = Closed({
  id: Type.String(),
  form: Type.String(),
  label: Text,
  nodes: Type.Array(
    Closed({
      id: Type.String(),
      type: Type.String(),
      label: Type.Optional(Text),
      stage: Type.Optional(Type.String()),
      instruction: Type.Optional(Text),
      limit: Type.Optional(Type.Unsafe<Pick<Limit, 'within'>>({ type: 'object', additionalProperties: true })),
    }),
  ),
  edges: Type.Array(Closed({ id: Type.String(), from: Type.String(), to: Type.String(), label: Type.Optional(Text) })),
})
export type FlowView = Static<typeof FlowView>

export const BoardSummary = Closed({ id: Type.String(), label: Text })

/** The published definition of an app as the caller may see it. */
export const AppView = Closed({
  id: Type.String(),
  version: Type.Integer(),
  label: Text,
  description: Type.Optional(Text),
  icon: Type.Optional(Type.String()),
  locales: Type.Array(Type.String()),
  zone: Type.String(),
  currency: Type.String(),
  navigation: Type.Array(NavigationView),
  roles: Type.Array(Closed({ id: Type.String(), label: Text })),
  mine: Type.Array(Type.String(), { description: 'My roles in this app.' }),
  can: Type.Array(OneOf(['design', 'manage'] as const)),
  forms: Type.Array(FormView),
  flows: Type.Array(FlowView),
  boards: Type.Array(BoardSummary),
  clocks: Type.Array(Closed({ policy: Type.String(), id: Type.String(), label: Text })),
  rules: Type.Array(Closed({ id: Type.String(), label: Text }), {
    description: 'Names of rules, for the timeline\'s "why".',
  }),
})
export type AppView = Static<typeof AppView>

/** Counts beside navigation entries, by entry id; entries without a count are absent. */
export const Badges = Closed({ items: Type.Record(Type.String(), Type.Integer()), notifications: Type.Integer() })
export type Badges = Static<typeof Badges>

export const PersonView = Closed({
  id: Type.String(),
  username: Type.String(),
  name: Type.String(),
  department: Nullable(Type.String()),
  departmentName: Nullable(Type.String()),
  away: Type.Boolean(),
})
export type PersonView = Static<typeof PersonView>
export const PersonList = Closed({ items: Type.Array(PersonView) })

export const DepartmentView = Closed({
  id: Type.String(),
  code: Type.String(),
  name: Type.String(),
  parent: Nullable(Type.String()),
  manager: Nullable(Type.String()),
})
export type DepartmentView = Static<typeof DepartmentView>
export const DepartmentList = Closed({ items: Type.Array(DepartmentView) })
