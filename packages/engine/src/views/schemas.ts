import type { Static } from 'typebox'
import { taggedUnion } from '../definitions/schema.ts'
import { calendar } from './calendar/schema.ts'
import { gallery } from './gallery/schema.ts'
import { gantt } from './gantt/schema.ts'
import { kanban } from './kanban/schema.ts'
import { map } from './map/schema.ts'
import { table } from './table/schema.ts'

/** The list: a type of view is a folder and a line here, and a face in the runtime. */
export const viewSchemas = { table, kanban, calendar, gantt, gallery, map } as const

export type ViewTypeName = keyof typeof viewSchemas
export const viewTypeNames = Object.keys(viewSchemas) as readonly ViewTypeName[]
export const View = taggedUnion('type', Object.values(viewSchemas))
export type View = Static<typeof View>
export type ViewOf<K extends ViewTypeName> = Extract<View, { type: K }>
