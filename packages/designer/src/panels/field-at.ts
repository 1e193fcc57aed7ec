import {
  behaviourOf,
  definitionOf,
  type FactName,
  type Field,
  type FieldModel,
  type FormModel,
  resolvePath,
  sourceField,
  type ValueType,
} from '@tenon/engine'
import type { DraftApp } from './draft-app.ts'

export type Subject = {
  readonly value: ValueType
  readonly field?: FieldModel | undefined
  readonly form?: FormModel | undefined
}

/** Facts about people who come into question for a task. */
const candidateValues: { readonly [name: string]: ValueType } = {
  username: { kind: 'text' },
  department: { kind: 'reference' },
  skills: { kind: 'list', element: 'text' },
  certifications: { kind: 'list', element: 'text' },
  languages: { kind: 'list', element: 'text' },
  regions: { kind: 'list', element: 'text' },
  open_tasks: { kind: 'integer' },
  weighted_load: { kind: 'decimal' },
  capacity: { kind: 'integer' },
  on_shift: { kind: 'boolean' },
  away: { kind: 'boolean' },
  last_assigned_at: { kind: 'instant' },
  same_customer: { kind: 'boolean' },
  refused: { kind: 'boolean' },
}
export const candidateNames: readonly string[] = Object.keys(candidateValues)

/** What a fact and path stand for; undefined: nothing that can be drawn. */
export function subjectAt(
  fact: FactName,
  path: readonly string[],
  form: FormModel | undefined,
  { lookup }: Pick<DraftApp, 'lookup'>,
): Subject | undefined {
  if (fact === 'candidate') {
    const value = path.length === 1 ? candidateValues[path[0] ?? ''] : undefined
    return value && { value }
  }
  if (fact === 'env') return path.length === 1 ? { value: { kind: 'text' } } : undefined
  const target = resolvePath(fact, path, form, lookup)
  return target === undefined || target === 'open' ? undefined : target
}

/** The field whose control enters a value of this kind: the subject's own, else a plain one. */
export function enteringField({ value, field }: Subject): Field | undefined {
  const plain = { id: 'value', label: '' }
  const own = field && definitionOf(sourceField(field))
  // Of a list one element may be asked for, which its own control does not give.
  const isElement = field?.value.kind === 'list' && value.kind !== 'list'
  if (own && !isElement && behaviourOf(own).traits.entered) return own
  switch (value.kind) {
    case 'boolean':
      return { ...plain, type: 'boolean' }
    case 'integer':
      return { ...plain, type: 'number' }
    case 'decimal':
      return { ...plain, type: 'number', scale: Math.min(value.scale ?? 2, 6) }
    case 'money':
      return { ...plain, type: 'money', ...(value.currency ? { currency: value.currency } : {}) }
    case 'date':
      return { ...plain, type: 'date' }
    case 'instant':
      return { ...plain, type: 'dateTime' }
    case 'time':
      return { ...plain, type: 'time' }
    case 'duration':
      return { ...plain, type: 'duration' }
    case 'text':
      return { ...plain, type: 'text' }
    default:
      return undefined
  }
}
