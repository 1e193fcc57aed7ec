import { evaluateDecision } from '@tenon/engine'
import { decisionOf } from './tables.ts'
import { attribute, childNamed, childrenNamed, type Element, textOf } from './xml.ts'

// Names of the standard itself stay as they are, though a model may use one for a decision.
const standardNames = new Set([
  'started by',
  'met by',
  'overlaps before',
  'overlaps after',
  'finished by',
  'start included',
  'end included',
  'time offset',
])

/** Our profile's names have no blanks: the adapter writes them with `_`, in models, inputs and expressions alike. */
function plainNames(expression: string, names: readonly string[]): string {
  const blanks = names
    .filter((name) => /[^\p{L}\p{N}_]/u.test(name) && !standardNames.has(name))
    .sort((a, b) => b.length - a.length)
  if (blanks.length === 0) return expression
  return expression.replace(/"(?:\\.|[^"\\])*"|[^"]+/g, (part) =>
    part.startsWith('"') ? part : blanks.reduce((text, name) => text.split(name).join(plainName(name)), part),
  )
}
export const plainName = (name: string): string => name.trim().replace(/[^\p{L}\p{N}_]+/gu, '_')

export type Model = {
  readonly decisions: ReadonlyMap<string, Element>
  readonly knowledge: ReadonlyMap<string, Element>
  readonly inputs: ReadonlyMap<string, Element>
  readonly byId: ReadonlyMap<string, Element>
  readonly names: readonly string[]
}

export function readModel(definitions: Element): Model {
  const named = (kind: string) =>
    new Map(childrenNamed(definitions, kind).map((element) => [attribute(element, 'name'), element]))
  return {
    decisions: named('decision'),
    knowledge: named('businessKnowledgeModel'),
    inputs: named('inputData'),
    byId: new Map(definitions.children.map((element) => [attribute(element, 'id'), element])),
    names: [...allNames(definitions)],
  }
}

function* allNames(element: Element): Generator<string> {
  if (element.name !== 'definitions' && element.attributes.has('name')) yield attribute(element, 'name')
  for (const child of element.children) yield* allNames(child)
}

/** FEEL text of a decision with everything it requires: `{input: …, knowledge: function(…) …, result: …}.result`. */
export function decisionText(model: Model, name: string, inputs: ReadonlyMap<string, string>): string | undefined {
  const decision = model.decisions.get(name)
  if (!decision) return undefined
  const entries = new Map<string, string>()
  if (!collect(model, decision, inputs, entries, 0)) return undefined
  const body = [...entries].map(([key, value]) => `${key}: ${value}`).join(', ')
  return entries.size === 1 ? entries.get(plainName(name)) : `{${body}}.${plainName(name)}`
}

function collect(
  model: Model,
  element: Element,
  inputs: ReadonlyMap<string, string>,
  entries: Map<string, string>,
  depth: number,
): boolean {
  const name = attribute(element, 'name')
  if (entries.has(plainName(name))) return true
  if (depth > 20) return false
  const given = inputs.get(name)
  if (given !== undefined) {
    entries.set(plainName(name), given)
    return true
  }
  const requirements = [
    ...childrenNamed(element, 'informationRequirement'),
    ...childrenNamed(element, 'knowledgeRequirement'),
  ]
  for (const requirement of requirements) {
    const [link] = requirement.children
    const required = model.byId.get(attribute(link, 'href').replace(/^.*#/, ''))
    if (!required) return false
    if (required.name === 'inputData')
      entries.set(plainName(attribute(required, 'name')), inputs.get(attribute(required, 'name')) ?? 'null')
    else if (!collect(model, required, inputs, entries, depth + 1)) return false
  }
  const text = expressionText(model, element, entries)
  if (text === undefined) return false
  entries.set(plainName(name), text)
  return true
}

/** What a decision table gives for these names, written as FEEL. */
function tableText(model: Model, table: Element, entries: ReadonlyMap<string, string>): string | undefined {
  const decision = decisionOf(table, (expression) => plainNames(expression, model.names), plainName)
  const given = `{${[...entries].map(([key, value]) => `${key}: ${value}`).join(', ')}}`
  const outcome = evaluateDecision(decision, given, { now: 0, zone: 'UTC' })
  return 'error' in outcome ? undefined : JSON.stringify(outcome.result)
}

/** A table inside a function of the model, whose inputs nobody knows yet: the rows one after the other. */
function choiceText(model: Model, table: Element): string | undefined {
  const { hitPolicy, inputs, outputs, rows } = decisionOf(table, (text) => plainNames(text, model.names), plainName)
  if (!['unique', 'any', 'first'].includes(hitPolicy) || outputs.length !== 1) return undefined
  const [output] = outputs
  const written = (entry: unknown) => (entry as { formula: string } | undefined)?.formula ?? 'null'
  const branches = rows.map(({ when = {}, then }) => {
    const tests = inputs.flatMap(({ id, expression }) => {
      const test = when[id] ?? '-'
      return test === '-' ? [] : [`(${expression}) in (${test})`]
    })
    return `if ${tests.join(' and ') || 'true'} then ${written(then[output?.id ?? ''])} else `
  })
  return `(${branches.join('')}${written(output?.default)})`
}

const boxes = [
  'literalExpression',
  'context',
  'list',
  'decisionTable',
  'invocation',
  'functionDefinition',
  'encapsulatedLogic',
]

/** The expression inside an element, boxed ones written as FEEL text; undefined where the kit uses a kind we do not take. */
type Entries = ReadonlyMap<string, string>

function expressionText(model: Model, holder: Element, known?: Entries): string | undefined {
  const box = holder.children.find((child) => boxes.includes(child.name))
  return box && boxText(model, box, known)
}

/** `known`: what stands before the box, as far as it is without parameters; a table is worked out there and then. */
function boxText(model: Model, box: Element, known?: Entries): string | undefined {
  if (box.name === 'literalExpression') return plainNames(textOf(childNamed(box, 'text')), model.names)
  if (box.name === 'decisionTable') return known ? tableText(model, box, known) : choiceText(model, box)
  if (box.name === 'context') return contextText(model, box, known)
  if (box.name === 'list') {
    const items = box.children
      .filter((child) => boxes.includes(child.name))
      .map((child) => boxText(model, child, known))
    return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined
  }
  if (box.name === 'invocation') return invocationText(model, box)
  if (attribute(box, 'kind') !== '' && attribute(box, 'kind') !== 'FEEL') return undefined
  const parameters = childrenNamed(box, 'formalParameter').map((parameter) => plainName(attribute(parameter, 'name')))
  const body = expressionText(model, box)
  return body === undefined ? undefined : `function(${parameters.join(', ')}) ${body}`
}

function contextText(model: Model, box: Element, known?: Entries): string | undefined {
  const sofar = known && new Map(known)
  const entries: string[] = []
  for (const entry of childrenNamed(box, 'contextEntry')) {
    const variable = childNamed(entry, 'variable')
    const name = variable ? plainName(attribute(variable, 'name')) : 'result_'
    const text = expressionText(model, entry, sofar)
    if (text === undefined) return undefined
    sofar?.set(name, text)
    entries.push(`${name}: ${text}`)
  }
  const isResult = entries.some((entry) => entry.startsWith('result_:'))
  return isResult ? `{${entries.join(', ')}}.result_` : `{${entries.join(', ')}}`
}

function invocationText(model: Model, box: Element): string | undefined {
  const callee = expressionText(model, box)
  const bindings = childrenNamed(box, 'binding').map((binding) => {
    const value = expressionText(model, binding)
    return value && `${plainName(attribute(childNamed(binding, 'parameter'), 'name'))}: ${value}`
  })
  return callee !== undefined && bindings.every((binding) => binding !== undefined)
    ? `${callee}(${bindings.join(', ')})`
    : undefined
}
