import {
  type Condition,
  type FormModel,
  formatDurationMs,
  formatInstant,
  formatScaled,
  operatorsFor,
  type RecordFacts,
  type ValueType,
} from '@tenon/engine'
import fc from 'fast-check'
import { now } from './desk.ts'

const texts = [
  '打印机卡纸',
  '打印机',
  'abc',
  'Abc',
  'ab',
  'é',
  '😀',
  '｡',
  "o'hara",
  '100%',
  'a_b',
  '"q"',
  'u1',
  'd2',
  'hw',
  '\\',
  '',
]
const ids = ['u1', 'u2', 'd1', 'd2']

/** Few distinct values of each kind, so that equal ones, neighbours and extremes meet often. */
function value(type: ValueType, linked: readonly string[] = ids): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'text':
      return fc.constantFrom(...texts, 'high', 'low', 'vip')
    case 'reference':
      return fc.constantFrom(...linked)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.constantFrom(-3, 0, 1, 2, 7, 10, 9_007_199_254_740_991)
    case 'decimal':
    case 'money':
      return fc
        .constantFrom(-150, 0, 1, 99, 100, 12_345, 900_719_925_474_099)
        .map((scaled) => formatScaled(scaled, type.scale ?? 0))
    case 'date':
      return fc.constantFrom(
        '2025-12-28',
        '2026-02-28',
        '2026-03-01',
        '2026-03-02',
        '2026-03-03',
        '2024-02-29',
        '1969-12-31',
      )
    case 'time':
      return fc.constantFrom('00:00:00', '09:30:00', '23:59:59')
    case 'instant':
      return fc
        .constantFrom(-86_400_000, -1, 0, 1, 3_600_000, 57_600_000, 86_400_000, 40 * 86_400_000, 400 * 86_400_000)
        .map((ago) => formatInstant(now - ago))
    case 'duration':
      return fc.constantFrom(-60_000, 0, 1, 60_000, 86_400_000, 90_061_000).map(formatDurationMs)
    case 'table':
      return fc.constant([{ id: 'r1' }])
    case 'list':
      return fc.uniqueArray(fc.constantFrom('hw', 'sw', 'net', 'u1'), { maxLength: 3 })
  }
}

const blankable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 })

export const record = (
  form: FormModel,
  id: string,
  linked: readonly string[],
): fc.Arbitrary<RecordFacts & { readonly id: string }> =>
  fc
    .record(
      Object.fromEntries(
        [...form.fields.values()]
          .filter(({ system }) => !system)
          .map((field) => [field.id, blankable(value(field.value, field.target?.kind === 'record' ? linked : ids))]),
      ),
    )
    .map((data) => {
      const there = Object.entries(data).filter(
        ([, one]) => one !== null && one !== '' && !(Array.isArray(one) && one.length === 0),
      )
      return { ...(Object.fromEntries(there) as RecordFacts), id }
    })

type Path = { readonly path: readonly string[]; readonly value: ValueType }

/** A leaf with an operator of the field's kind, and a literal, a reference to the asker or to a field beside it. */
const leaf = (paths: readonly Path[]): fc.Arbitrary<Condition> =>
  fc.constantFrom(...paths).chain(({ path, value: type }) =>
    fc.constantFrom(...operatorsFor(type.kind)).chain((operator): fc.Arbitrary<Condition> => {
      const base = { fact: 'record', path: `$.${path.join('.')}`, operator } as const
      const element: ValueType = type.kind === 'list' ? { kind: 'text' } : type
      const literal = value(element)
      const beside = paths
        .filter((other) => other.value.kind === element.kind)
        .map((other) => ({ ref: `$.record.${other.path.join('.')}` }))
      const asker =
        type.kind === 'reference' || type.kind === 'text'
          ? [{ ref: '$.user.id' }, { ref: '$.user.department' }, { ref: '$.user.superior' }]
          : []
      const operand = fc.oneof(
        { weight: 4, arbitrary: literal },
        { weight: 1, arbitrary: fc.constantFrom<unknown>(null, ...beside, ...asker) },
      )
      const half =
        type.kind === 'decimal' || type.kind === 'money'
          ? fc.constantFrom<unknown>('0.005', '1.0', 1.234, -1.505, 1e300)
          : type.kind === 'integer'
            ? fc.constantFrom<unknown>(0.5, '2', -0.5)
            : operand
      const one = fc.oneof({ weight: 5, arbitrary: operand }, { weight: 1, arbitrary: half })
      if (operator === 'isEmpty' || operator === 'isNotEmpty' || operator === 'changed')
        return fc.constant<Condition>(base)
      if (operator === 'olderThan' || operator === 'within') {
        return fc
          .constantFrom('P1D', 'PT1H', 'P0D', 'P1M', '-P3D', 'PT16H', 'P1Y')
          .map((span) => ({ ...base, value: span }))
      }
      if (operator === 'between') return fc.tuple(one, one).map((pair) => ({ ...base, value: pair }) as Condition)
      if (operator === 'in' || operator === 'notIn' || operator === 'containsAny' || operator === 'containsAll') {
        const lists =
          type.kind === 'reference' || type.kind === 'text'
            ? [{ ref: '$.user.departments' }, { ref: '$.user.roles' }]
            : []
        return fc
          .oneof(
            { weight: 4, arbitrary: fc.array(one, { maxLength: 3 }) },
            ...(lists.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom<unknown>(...lists) }] : []),
          )
          .map((list) => ({ ...base, value: list }) as Condition)
      }
      return one.map((right) => ({ ...base, value: right }) as Condition)
    }),
  )

const askers: readonly Condition[] = [
  { fact: 'user', path: '$.departments', operator: 'contains', value: { ref: '$.record.owner' } },
  { fact: 'user', path: '$.departments', operator: 'doesNotContain', value: { ref: '$.record.owner' } },
  { fact: 'user', path: '$.id', operator: 'equal', value: { ref: '$.record.owner' } },
  { fact: 'user', path: '$.id', operator: 'in', value: [{ ref: '$.record.owner' }, 'u9'] },
  { fact: 'now', operator: 'greaterThan', value: { ref: '$.record.opened_at' } },
  { fact: 'user', path: '$.name', operator: 'startsWith', value: '李' },
  { fact: 'previous', path: '$.subject', operator: 'isEmpty' },
]

export const condition = (paths: readonly Path[]): fc.Arbitrary<Condition> =>
  fc.letrec<{ one: Condition }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 6, arbitrary: leaf(paths) },
      { weight: 1, arbitrary: fc.constantFrom(...askers) },
      { weight: 1, arbitrary: tie('one').map((not) => ({ not })) },
      { weight: 1, arbitrary: fc.array(tie('one'), { maxLength: 3 }).map((all) => ({ all })) },
      { weight: 1, arbitrary: fc.array(tie('one'), { maxLength: 3 }).map((any) => ({ any })) },
    ),
  })).one

/** Every path of a form, its links followed. */
export function pathsOf(form: FormModel, lookup: (name: string) => FormModel | undefined, depth = 2): readonly Path[] {
  return [...form.fields.values()].flatMap((field): Path[] => {
    const own = { path: [field.id], value: field.value }
    const target =
      field.target?.kind === 'record' && depth > 0
        ? lookup(field.target.app === 'demo' ? field.target.form : `${field.target.app}/${field.target.form}`)
        : undefined
    const further = target
      ? pathsOf(target, lookup, depth - 1).filter(
          ({ path }) => !['version', 'title', 'created_by', 'updated_by', 'updated_at'].includes(path[0] ?? ''),
        )
      : []
    return [own, ...further.map(({ path, value: type }) => ({ path: [field.id, ...path], value: type }))]
  })
}

const literals = {
  subject: ['"打印机"', '"abc"', '"ab"', 'null'],
  quantity: ['0', '1', '7.5', '-3', 'null', '2 + 5'],
  hours: ['0.01', '1', '123.45', '1.005', 'null'],
  price: ['0.99', '1', '-1.5', '123.45'],
  due_on: ['@"2026-03-01"', 'date("2026-02-28")', 'today()', 'null'],
  opened_at: ['now()', '@"2026-03-01T08:00:00Z"', 'null'],
  effort: ['@"PT1M"', '@"PT0S"', '@"P1D"'],
  owner: ['"u1"', 'user.id', 'user.department', 'null'],
  'customer.level': ['"vip"', '"high"', 'null'],
  'customer.turnover': ['1', '0.99', 'quantity', 'hours'],
} as const
const operand = fc
  .constantFrom(...(Object.keys(literals) as (keyof typeof literals)[]))
  .chain((field) =>
    fc.tuple(
      fc.constant<string>(field),
      fc.constantFrom<string>(...literals[field]),
      fc.constantFrom<string>(...literals[field]),
    ),
  )
const sign = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')

/** FEEL over the fields of the desk, of the part that has a counterpart in SQL. */
export const formula: fc.Arbitrary<string> = fc.letrec<{ one: string }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    {
      weight: 5,
      arbitrary: fc.tuple(operand, sign).map(([[field, literal], operator]) => `${field} ${operator} ${literal}`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(operand, sign).map(([[field, literal], operator]) => `${literal} ${operator} ${field}`),
    },
    { weight: 1, arbitrary: operand.map(([field, low, high]) => `${field} between ${low} and ${high}`) },
    { weight: 1, arbitrary: operand.map(([field, low, high]) => `${field} in [${low}..${high}]`) },
    { weight: 1, arbitrary: operand.map(([field, one, other]) => `${field} in (${one}, ${other})`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'urgent',
        'not(urgent)',
        'urgent = true',
        'quantity > hours',
        'opened_at < closed_at',
        'due_on = done_on',
        'true',
        'user.name = "李伟"',
      ),
    },
    { weight: 1, arbitrary: tie('one').map((one) => `not(${one})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('one'), fc.constantFrom('and', 'or'), tie('one'))
        .map(([a, word, b]) => `(${a}) ${word} (${b})`),
    },
  ),
})).one
