import type { TextValue, Tone } from '@tenon/engine'
import { freshId } from '../../../edits/fresh-id.ts'
import type { FieldDefinition, Form } from './form-edit.ts'
import { withField } from './form-edit.ts'

type WithOptions = Extract<FieldDefinition, { options: unknown }>
export type FieldOption = WithOptions['options'][number]

/** Whether the values of a field are chosen from a list that the form says. */
export const hasOptions = (field: FieldDefinition): field is WithOptions => 'options' in field

const change = (form: Form, id: string, edit: (options: readonly FieldOption[]) => readonly FieldOption[]): Form =>
  withField(form, id, (field) => {
    if (!hasOptions(field)) return field
    const options = edit(field.options)
    return options === field.options ? field : ({ ...field, options } as FieldDefinition)
  })

const one = (form: Form, field: string, option: string, edit: (option: FieldOption) => FieldOption): Form =>
  change(form, field, (options) => options.map((each) => (each.id === option ? edit(each) : each)))

/** A new option at the end; `isRetired` tells ids that were given once and never again. */
export function addOption(form: Form, field: string, label: TextValue, isRetired: (id: string) => boolean): Form {
  const name = typeof label === 'string' ? label : (label.en ?? '')
  return change(form, field, (options) => {
    const id = freshId(name, 'option', (taken) => options.some((each) => each.id === taken) || isRetired(taken))
    return [...options, { id, label }]
  })
}

export const nameOption = (form: Form, field: string, option: string, label: TextValue): Form =>
  one(form, field, option, (each) => ({ ...each, label }))

export const paintOption = (form: Form, field: string, option: string, tone: Tone | undefined): Form =>
  one(form, field, option, ({ tone: _, ...each }) => (tone === undefined ? each : { ...each, tone }))

/** Old records keep a retired option, new ones are not offered it. */
export const retireOption = (form: Form, field: string, option: string, retired: boolean): Form =>
  one(form, field, option, ({ retired: _, ...each }) => (retired ? { ...each, retired } : each))

export const removeOption = (form: Form, field: string, option: string): Form =>
  change(form, field, (options) => options.filter(({ id }) => id !== option))

/** Puts an option where another one stands now. */
export const moveOption = (form: Form, field: string, option: string, to: number): Form =>
  change(form, field, (options) => {
    const at = options.findIndex(({ id }) => id === option)
    const moved = options[at]
    if (!moved || to === at || to < 0 || to >= options.length) return options
    return options.toSpliced(at, 1).toSpliced(to, 0, moved)
  })
