import {
  behaviourOf,
  type FieldModel,
  type FieldValue,
  type FormModel,
  normaliseField,
  parseSerialPattern,
} from '@tenon/engine'
import type { FieldDefinition } from './edits/form-edit.ts'

/** What an empty form shows in a field: its default where that is a plain value, the first number of a series. */
export function sampleValue(field: FieldDefinition, model: FieldModel, form: FormModel, now: number): FieldValue {
  if (behaviourOf(field).traits.numbered && 'pattern' in field) return serialExample(String(field.pattern), now) ?? null
  const given = 'default' in field ? field.default : undefined
  if (given === undefined || given === null || (typeof given === 'object' && !Array.isArray(given))) return null
  const value = normaliseField(given, model, { form })
  return value.ok ? value.value : null
}

/** The first number of a series begun now; undefined: the pattern cannot be read. */
export function serialExample(pattern: string, now: number, n = 1): string | undefined {
  const parsed = parseSerialPattern(pattern)
  return parsed.ok ? parsed.value.render(parsed.value.period(now, 'Asia/Shanghai'), n) : undefined
}
