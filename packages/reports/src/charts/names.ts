import {
  type FieldModel,
  type FormLookup,
  type FormModel,
  fieldOptions,
  type Locale,
  linkedFormName,
  resolveText,
  type Tone,
  tones,
} from '@tenon/engine'
import type { NameOf } from './contract.ts'

/**
 * Names of the values of dimensions: options and stages by their labels and tones, references by whatever `refName`
 * knows of them.
 */
export function namesOf(
  form: FormModel,
  lookup: FormLookup,
  locale: Locale,
  refName?: (id: string) => string | undefined,
): NameOf {
  const choices = new Map<string, ReadonlyMap<string, { readonly label: string; readonly tone: Tone | undefined }>>()
  return ({ id }, value) => {
    const path = id.split(':')[0] ?? id
    const found = fieldAt(path.split('.'), form, form, lookup)
    if (found === undefined || typeof value !== 'string') return undefined
    if (found.field.target !== undefined) {
      const label = refName?.(value)
      return label === undefined ? undefined : { label }
    }
    const named =
      choices.get(path) ??
      new Map(
        fieldOptions(found.field, found.form).map(({ id: option, label, tone }) => [
          option,
          { label: resolveText(label, locale), tone: isTone(tone) ? tone : undefined },
        ]),
      )
    choices.set(path, named)
    return named.get(value)
  }
}

const isTone = (tone: string | undefined): tone is Tone =>
  tone !== undefined && (tones as readonly string[]).includes(tone)

function fieldAt(
  [name = '', ...rest]: readonly string[],
  at: FormModel,
  root: FormModel,
  lookup: FormLookup,
): { readonly field: FieldModel; readonly form: FormModel } | undefined {
  const field = at.fields.get(name)
  if (field === undefined || rest.length === 0) return field && { field, form: at }
  const target = field.target?.kind === 'record' ? lookup(linkedFormName(root, field.target)) : undefined
  return target && fieldAt(rest, target, root, lookup)
}
