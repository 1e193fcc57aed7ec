import type { ReferenceRule } from '../definitions/schema.ts'
import { requiredOf, type SchemaNode, schemaProperties } from '../definitions/schema-walk.ts'
import { type View, type ViewTypeName, viewSchemas } from './schemas.ts'

/** A property of a type of view that names one field. */
export type ViewField = { readonly property: string; readonly rule: ReferenceRule; readonly required: boolean }

/** The properties of a type of view that name one field each: by which its lanes are, where its bars begin. */
export function viewFields(type: ViewTypeName): readonly ViewField[] {
  const schema = viewSchemas[type] as object as SchemaNode
  const required = requiredOf(schema)
  return Object.entries(schemaProperties(schema)).flatMap(([property, node]) => {
    const rule = node['x-refers'] as ReferenceRule | undefined
    return rule?.kind === 'field' ? [{ property, rule, required: required.includes(property) }] : []
  })
}

/** The fields beside its columns that a view reads of each record it shows. */
export const fieldsReadBy = (view: View): readonly string[] =>
  viewFields(view.type).flatMap(({ property }) => {
    const id = (view as { readonly [property: string]: unknown })[property]
    return typeof id === 'string' ? [id] : []
  })

/**
 * The view for somebody from whom some fields are hidden: without them as columns and in the order; undefined where it
 * cannot be drawn without one of them.
 */
export function viewWithout(view: View, isHidden: (path: string) => boolean): View | undefined {
  const seen: { [property: string]: unknown } = { ...view }
  for (const { property, required } of viewFields(view.type)) {
    const id = seen[property]
    if (typeof id !== 'string' || !isHidden(id)) continue
    if (required) return undefined
    delete seen[property]
  }
  if (view.sort) seen.sort = view.sort.filter((path) => !isHidden(path))
  if (view.columns) seen.columns = view.columns.filter((path) => !isHidden(path))
  const nothingLeft = view.columns !== undefined && (seen.columns as readonly string[]).length === 0
  return nothingLeft && requiredOf(viewSchemas[view.type] as object as SchemaNode).includes('columns')
    ? undefined
    : (seen as View)
}
