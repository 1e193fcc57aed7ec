/** The engine alone: formulas, conditions, flows, whole decisions. One core, no database. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildApp,
  compileCondition,
  compileDecision,
  compileFormula,
  decide,
  directoryOf,
  emptyInstance,
  formModel,
  memoryWorld,
  transition,
} from '@tenon/engine'
import { root } from '../scripts/prepare.mjs'
import { lineFlow } from './support/bench-app.mjs'
import { libraryOf, rate, row } from './support/measure.mjs'

const now = Date.parse('2026-03-02T08:00:00Z')
const form = formModel(
  {
    kind: 'form',
    schemaVersion: 1,
    id: 'repair',
    label: 'repair',
    title: { formula: 'subject' },
    fields: [
      { type: 'text', id: 'subject', label: 'subject' },
      { type: 'number', id: 'quantity', label: 'quantity', scale: 2 },
      { type: 'number', id: 'price', label: 'price', scale: 2 },
      { type: 'number', id: 'score', label: 'score' },
      { type: 'text', id: 'level', label: 'level' },
      { type: 'text', id: 'region', label: 'region' },
      { type: 'boolean', id: 'severe', label: 'severe' },
    ],
  },
  { id: 'bench', currency: 'CNY' },
)
const record = {
  subject: '卡纸，无法自检',
  quantity: '12.50',
  price: '99.90',
  score: 4,
  level: 'vip',
  region: 'east',
  severe: true,
}
const facts = { now, zone: 'Asia/Shanghai', record }

const formulas = [
  'quantity * price * 1.13',
  'if level = "vip" then price * 0.9 else price',
  'upper case(subject) + "-" + region',
  'score >= 4 and severe and region in ("east", "south")',
  'if quantity > 10 then (quantity - 10) * price / 2 + 10 * price else quantity * price',
]

async function formulaRows() {
  const compiled = formulas.map((text) => {
    const formula = compileFormula(text, { form })
    if (!formula.ok) throw new Error(`${text}: ${JSON.stringify(formula.error)}`)
    return formula.value
  })
  const ours = await rate(
    () => {
      for (let i = 0; i < 200; i += 1) for (const formula of compiled) formula.evaluate(facts)
    },
    { calls: 200 * formulas.length },
  )
  const { evaluate } = await libraryOf('engine', 'feelin')
  const context = { ...record, quantity: 12.5, price: 99.9 }
  const peer = await rate(
    () => {
      for (const text of formulas) evaluate(text, context)
    },
    { calls: formulas.length },
  )
  return [
    row('formulas, five typical ones', ours, '/s', {
      floor: peer,
      floorName: 'feelin',
      target: 2_000_000,
      moonshot: 5_000_000,
    }),
  ]
}

const leaf = (path, operator, value) => ({ fact: 'record', path: `$.${path}`, operator, value })
const rulesOf = (count) =>
  Array.from({ length: count }, (_, i) => ({
    all: [
      leaf('level', 'in', ['vip', `level${i}`]),
      leaf('score', 'greaterThan', i % 5),
      { any: [leaf('region', 'equal', i % 2 ? 'east' : 'south'), leaf('severe', 'equal', true)] },
    ],
  }))

async function conditionRows() {
  const { Engine } = await libraryOf('engine', 'json-rules-engine')
  const rows = []
  for (const count of [10, 100, 1000]) {
    const rules = rulesOf(count)
    const predicates = rules.map((condition) => compileCondition(condition, form))
    const ours = await rate(
      () => {
        for (let i = 0; i < 50; i += 1) for (const predicate of predicates) predicate(facts)
      },
      { calls: 50 },
    )
    const engine = new Engine([], { allowUndefinedFacts: true })
    for (const [i, conditions] of rules.entries()) engine.addRule({ conditions, event: { type: `r${i}` } })
    const peer = await rate(() => engine.run({ record }))
    rows.push(
      row(`${count} rules on one record`, 1e6 / ours, 'µs', {
        floor: 1e6 / peer,
        floorName: 'json-rules-engine',
        lowerIsBetter: true,
        ...(count === 100 && { target: 100, moonshot: 20 }),
      }),
    )
  }
  return rows
}

/** A decision table whose last row hits: every row before it has to be ruled out. */
async function tableRows() {
  const rows = []
  for (const count of [100, 1000]) {
    const table = compileDecision(
      {
        id: 'table',
        kind: 'decision',
        schemaVersion: 1,
        label: 'table',
        form: 'repair',
        hitPolicy: 'first',
        inputs: ['level', 'region', 'score'].map((id) => ({ id, expression: id })),
        outputs: [{ id: 'result' }],
        rows: Array.from({ length: count }, (_, i) => ({
          id: `r${i}`,
          when: { level: '"vip", "key"', region: i === count - 1 ? '-' : `"region${i}"`, score: `[${i % 4}..5]` },
          then: { result: i },
        })),
      },
      { form },
    )
    if (!table.ok) throw new Error(JSON.stringify(table.error))
    if (table.value.decide(facts).outputs.result !== count - 1) throw new Error('another row hit')
    const ours = await rate(
      () => {
        for (let i = 0; i < 20; i += 1) table.value.decide(facts)
      },
      { calls: 20 },
    )
    rows.push(row(`decision table of ${count} rows, the last one hits`, 1e6 / ours, 'µs'))
  }
  return rows
}

const flow = { ...lineFlow, form: 'repair' }

const ids = () => {
  let n = 0
  return () => {
    n += 1
    return `i${n}`
  }
}

async function flowRows() {
  const context = { now, newId: ids(), facts, form, people: () => [] }
  const step = (snapshot, command) => {
    const done = transition(flow, snapshot, command, context)
    if (!done.ok) throw new Error(JSON.stringify(done.error))
    return done.value
  }
  const run = () => {
    const begun = step(emptyInstance(context.newId(), 'line'), { type: 'start' })
    const { task } = begun.events.find((event) => event.type === 'task.created')
    const done = step(begun.snapshot, { type: 'task.complete', task, outcome: 'done', by: 'u1' })
    return step(done.snapshot, { type: 'continue', token: done.pending.token })
  }
  if (run().snapshot.status !== 'completed') throw new Error('the flow did not end')
  const flows = await rate(
    () => {
      for (let i = 0; i < 100; i += 1) run()
    },
    { calls: 100 },
  )
  return [
    row('flows from start to end, pure (3 transitions each)', flows, '/s', { target: 100_000, moonshot: 500_000 }),
    row('transitions', flows * 3, '/s'),
  ]
}

async function decisionRows() {
  const folder = join(root, 'templates/after-sales')
  const files = readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('.json') && !path.startsWith('sample'))
    .map((path) => ({ path, json: JSON.parse(readFileSync(join(folder, path), 'utf8')) }))
  const built = buildApp(files, { version: 1 })
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  const app = built.value
  const person = {
    id: 'u1',
    username: 'agent1',
    name: 'agent1',
    department: null,
    superior: null,
    departments: [],
    roles: ['agent'],
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
    email: null,
    phone: null,
    active: true,
    away: false,
    skills: [],
    regions: [],
    capacity: 1_000_000,
    grants: [{ app: 'after_sales', role: 'agent' }],
    admin: false,
    shift: null,
  }
  const principal = { kind: 'user', user: person, admin: false, grants: person.grants }
  const world = memoryWorld(new Map([[app.id, app]]), directoryOf([person], []))
  const newId = ids()
  // What is decided is not applied, so that every decision finds the world as small as the first one.
  const create = () =>
    decide(
      {
        command: newId(),
        principal,
        source: 'api',
        type: 'record.create',
        app: 'after_sales',
        form: 'ticket',
        values: { subject: 'A-100 卡纸', request_type: 'technical', priority: 'normal' },
      },
      world,
      { now, newId },
    )
  const first = await create()
  if (!first.ok) throw new Error(JSON.stringify(first.error))
  const rates = await rate(create, { warmUpMs: 5000, roundMs: 1000 })
  return [row('deciding the creation of a ticket (form, rules, flow, clocks, task)', rates, '/s')]
}

export default async () => [
  ...(await formulaRows()),
  ...(await conditionRows()),
  ...(await tableRows()),
  ...(await flowRows()),
  ...(await decisionRows()),
]
