import type { DecisionDefinition, HitPolicy } from '@tenon/engine'
import { attribute, childNamed, childrenNamed, type Element, textOf } from './xml.ts'

const policies: { readonly [name: string]: HitPolicy } = {
  UNIQUE: 'unique',
  ANY: 'any',
  FIRST: 'first',
  PRIORITY: 'priority',
  'RULE ORDER': 'ruleOrder',
  'OUTPUT ORDER': 'outputOrder',
  COLLECT: 'collect',
}
const aggregations: { readonly [name: string]: DecisionDefinition['aggregation'] } = {
  SUM: 'sum',
  MIN: 'min',
  MAX: 'max',
  COUNT: 'count',
}

/** A `decisionTable` of the kit as our document; `plain` writes names without blanks, in expressions too. */
export function decisionOf(
  table: Element,
  plain: (expression: string) => string,
  plainName: (name: string) => string,
): DecisionDefinition {
  const text = (element: Element | undefined) => plain(textOf(childNamed(element, 'text'))).trim()
  const inputs = childrenNamed(table, 'input').map((input, at) => ({
    id: `in${at}`,
    expression: text(childNamed(input, 'inputExpression')),
  }))
  const outputs = childrenNamed(table, 'output').map((output, at) => ({
    id: plainName(attribute(output, 'name')) || `out${at}`,
    values: listed(text(childNamed(output, 'outputValues'))),
    default: text(childNamed(output, 'defaultOutputEntry')),
  }))
  const aggregation = aggregations[attribute(table, 'aggregation')]
  return {
    id: 'table',
    kind: 'decision',
    schemaVersion: 1,
    label: 'table',
    form: 'none',
    hitPolicy: policies[attribute(table, 'hitPolicy') || 'UNIQUE'] ?? 'unique',
    ...(aggregation ? { aggregation } : {}),
    inputs,
    outputs: outputs.map(({ id, values, default: entry }) => ({
      id,
      ...(values.length > 0 ? { values } : {}),
      ...(entry === '' ? {} : { default: { formula: entry } }),
    })),
    rows: childrenNamed(table, 'rule').map((rule, at) => ({
      id: `r${at}`,
      when: Object.fromEntries(childrenNamed(rule, 'inputEntry').map((entry, column) => [`in${column}`, text(entry)])),
      then: Object.fromEntries(
        childrenNamed(rule, 'outputEntry').map((entry, column) => [
          outputs[column]?.id ?? '',
          { formula: text(entry) },
        ]),
      ),
    })),
  }
}

/** `"Approved", "Declined"` or numbers, as written in `outputValues`. */
const listed = (text: string): (string | number)[] =>
  text === '' ? [] : (JSON.parse(`[${text}]`) as (string | number)[])
