import type { DecisionDefinition } from '../definitions/decision.ts'
import { fieldOptions } from '../fields/field.ts'
import type { FormulaScope } from '../formulas/compile.ts'
import type { Locale } from '../kernel/locale.ts'
import { resolveText } from '../kernel/text.ts'
import type { DecisionOutcome } from './compile-decision.ts'
import { targetOf } from './domain.ts'

const words = {
  'zh-CN': {
    row: (places: string) => `第 ${places} 行`,
    fallback: '没有一行命中，取默认值',
    nothing: '没有一行命中',
    blank: '空',
    yes: '是',
    no: '否',
    colon: '：',
    is: ' = ',
    and: '，',
  },
  en: {
    row: (places: string) => `row ${places}`,
    fallback: 'no row hit, the default counts',
    nothing: 'no row hit',
    blank: 'blank',
    yes: 'yes',
    no: 'no',
    colon: ': ',
    is: ' = ',
    and: ', ',
  },
} satisfies { readonly [L in Locale]: object }

/** Why a decision came out as it did, for people: `第 4 行：客户等级 = 战略客户，影响范围 = 高`. */
export function explanationOf(
  definition: DecisionDefinition,
  outcome: DecisionOutcome,
  scope: FormulaScope,
  locale: Locale,
): string {
  const say = words[locale]
  const places = outcome.rows.map((id) => definition.rows.findIndex((row) => row.id === id) + 1)
  const hits = new Set(outcome.rows)
  const tested = definition.inputs.filter(
    ({ id }) =>
      hits.size === 0 || definition.rows.some((row) => hits.has(row.id) && (row.when?.[id]?.trim() ?? '-') !== '-'),
  )
  const told = tested.map((input) => {
    const head = input.label === undefined ? input.expression : resolveText(input.label, locale)
    return `${head}${say.is}${shown(input, outcome.inputs[input.id] ?? '', scope, locale) || say.blank}`
  })
  const what = outcome.isDefault ? say.fallback : places.length > 0 ? say.row(places.join(', ')) : say.nothing
  return told.length > 0 ? `${what}${say.colon}${told.join(say.and)}` : what
}

/** What a field's value is called. */
function shown(input: DecisionDefinition['inputs'][number], text: string, scope: FormulaScope, locale: Locale): string {
  const target = targetOf(input, scope)
  if (target?.value.kind === 'boolean' && text !== '') return text === 'true' ? words[locale].yes : words[locale].no
  if (!target?.field || !target.form) return text
  const option = fieldOptions(target.field, target.form).find(({ id }) => id === text)
  return option ? resolveText(option.label, locale) : text
}
