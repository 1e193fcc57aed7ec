import { type FieldValue, type FormLookup, fieldOptions, type Locale, resolveText, type Tone } from '@tenon/engine'
import type { QueryWidget } from '@tenon/reports'
import type { Refs } from '../../../ui/environment.tsx'
import { stageTone } from '../../../ui/show/stage-tone.ts'
import { fieldAt } from '../list/columns.ts'

type Name = { readonly label: string; readonly tone?: Tone | undefined }

/** What the values of a widget's dimensions are called: options and stages with their tones, people and records by name. */
export function nameOf(
  widget: QueryWidget,
  columns: readonly string[],
  refs: Refs,
  app: string,
  lookup: FormLookup,
  locale: Locale,
) {
  const form = lookup(`${app}/${widget.query.form}`)
  const fields = (widget.query.by ?? []).map(({ field, bucket }) =>
    bucket === undefined && form ? fieldAt(field, form, lookup) : undefined,
  )
  return (column: { readonly id: string }, value: FieldValue): Name | undefined => {
    const found = fields[columns.indexOf(column.id)]
    if (!found || value === null) return undefined
    const ref = refs[String(value)]
    if (ref) return { label: ref.kind === 'record' ? ref.title : ref.name }
    const stage = found.field.id === found.form.stageField ? found.form.stages.get(String(value)) : undefined
    if (stage) return { label: resolveText(stage.label, locale), tone: stageTone(stage) }
    const option = fieldOptions(found.field, found.form).find(({ id }) => id === value)
    return option && { label: resolveText(option.label, locale), tone: option.tone as Tone | undefined }
  }
}
