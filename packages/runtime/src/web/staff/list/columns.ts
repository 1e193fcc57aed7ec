import {
  behaviourOf,
  definitionOf,
  type FieldModel,
  type FormLookup,
  type FormModel,
  fieldLabel,
  fieldsReadBy,
  type Locale,
  sourceField,
  type View,
} from '@tenon/engine'
import { faceOf } from '../../../ui/fields/index.ts'

/** A column of a list: a field of the form, or one reached over a link (`customer.level`). */
export type ListColumn = {
  readonly path: string
  readonly label: string
  readonly field: FieldModel
  readonly form: FormModel
  readonly sortable: boolean
  readonly width: number
  readonly right: boolean
}

const linkedForm = (field: FieldModel): string | undefined =>
  field.target?.kind === 'record' ? `${field.target.app}/${field.target.form}` : undefined

/** The field a path names, following one link; undefined: there is none, or I may not know of it. */
export function fieldAt(
  path: string,
  form: FormModel,
  lookup: FormLookup,
): { readonly field: FieldModel; readonly form: FormModel; readonly link?: FieldModel } | undefined {
  const [first = '', second, ...more] = path.split('.')
  const field = form.fields.get(first)
  if (!field || more.length > 0) return undefined
  if (second === undefined) return { field, form }
  const name = linkedForm(field)
  const target = name === undefined ? undefined : lookup(name)
  const linked = target?.fields.get(second)
  return target && linked ? { field: linked, form: target, link: field } : undefined
}

/** Pixels; a text that may be long gets more, and all stretch when there is room. */
const widthOf = ({ value, definition, target }: FieldModel): number => {
  if (target?.kind === 'record') return 170
  if (definition && 'options' in definition) return 100
  if (definition && 'maxLength' in definition && (definition.maxLength ?? 500) >= 100) return 200
  switch (value.kind) {
    case 'boolean':
    case 'integer':
    case 'time':
      return 90
    case 'instant':
      return 124
    case 'date':
    case 'duration':
    case 'money':
    case 'decimal':
      return 120
    case 'reference':
      return 110
    default:
      return 150
  }
}

export function listColumns(
  paths: readonly string[],
  form: FormModel,
  lookup: FormLookup,
  locale: Locale,
): readonly ListColumn[] {
  return paths.flatMap((path): readonly ListColumn[] => {
    const found = fieldAt(path, form, lookup)
    if (!found) return []
    const { field, link } = found
    const source = sourceField(field)
    const definition = definitionOf(source)
    const label = link ? `${fieldLabel(link, locale)} · ${fieldLabel(field, locale)}` : fieldLabel(field, locale)
    return [
      {
        path,
        label,
        field,
        form: found.form,
        // Of a lookup the field behind the link is put in order: what is stored there.
        sortable: !link && source.stored && behaviourOf(definition).traits.sortable,
        width: field.id === form.stageField ? 130 : widthOf(source),
        right: faceOf(definition.type).align === 'right',
      },
    ]
  })
}

/** Columns a view has, or where the form has no view: its number or title and the first fields that say something. */
export function columnsOf(view: View | undefined, form: FormModel): readonly string[] {
  if (view) return view.columns ?? ['title', ...fieldsReadBy(view)]
  const first = form.definition.fields
    .filter(({ type }) => !faceOf(type).wide)
    .map(({ id }) => id)
    .slice(0, 7)
  return [...first, 'updated_at']
}

/** Everything that can be a column or a filter: own fields, system fields, and one link further. */
export function choosablePaths(form: FormModel, lookup: FormLookup): readonly string[] {
  const own = [...form.fields.values()].filter(({ id }) => id !== 'id' && id !== 'version').map(({ id }) => id)
  const linked = [...form.fields.values()].flatMap((field) => {
    const name = linkedForm(field)
    const target = name === undefined ? undefined : lookup(name)
    return (target?.definition.fields ?? [])
      .filter(({ type }) => !faceOf(type).wide)
      .map(({ id }) => `${field.id}.${id}`)
  })
  return [...own, ...linked]
}
