import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { elementsOf } from '../definitions/elements.ts'
import { type DocumentKind, documentKinds, type SourceFile } from '../definitions/kinds.ts'
import { keysRefer, refers } from '../definitions/schema.ts'
import type { AppFilesDocument } from '../merge/words.ts'
import { validateFiles } from '../validate.ts'
import { addressOfPath, pathOfAddress } from './addresses.ts'
import { withoutElement } from './delete-element.ts'
import { breakagesOf, type UsageGraph, usageGraph, usagesOf } from './usages.ts'

const { files: base } = import.meta.glob('../lint/fixtures/base.app.json', { eager: true, import: 'default' })[
  '../lint/fixtures/base.app.json'
] as { files: Record<string, unknown> }

/** A kind of document the engine does not know, as metrics and boards are to it. */
const chart = {
  folder: 'charts',
  schema: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      form: { type: 'string', ...refers('form') },
      by: { type: 'array', items: { type: 'string', ...refers('field', { path: true }) } },
      per: { type: 'object', ...keysRefer('form'), additionalProperties: { type: 'string', ...refers('field') } },
    },
  },
} as unknown as DocumentKind
const kinds = { ...documentKinds, chart }
const decision = {
  id: 'grade',
  kind: 'decision',
  schemaVersion: 1,
  label: 'Grade',
  form: 'ticket',
  hitPolicy: 'first',
  inputs: [
    { id: 'p', expression: 'priority' },
    { id: 'h', expression: 'hours' },
  ],
  outputs: [{ id: 'level' }],
  rows: [{ id: 'r1', then: { level: 'a' } }],
}
const start: AppFilesDocument = {
  ...base,
  'decisions/grade.json': decision,
  'charts/load.json': { id: 'load', form: 'ticket', by: ['subject'], per: {} },
}
const graphOf = (files: AppFilesDocument): UsageGraph => {
  const graph = usageGraph(files, kinds)
  if (!graph) throw new Error('no app')
  return graph
}
const placesOf = (files: AppFilesDocument, address: string) =>
  usagesOf(graphOf(files), address, 'zh-CN').map((usage) => usage.address)

type Doc = Record<string, unknown>
type Plant = readonly [address: string, target: string, plant: (at: (address: string) => Doc) => void]
const leaf = (path: string, operator: string, value?: unknown) => ({
  fact: 'record',
  path: `$.${path}`,
  operator,
  ...(value === undefined ? {} : { value }),
})
const ticket = (rest: string) => `forms/ticket.json/${rest}`
const push = (holder: Doc, list: string, entry: unknown) => {
  holder[list] = [...((holder[list] as unknown[] | undefined) ?? []), entry]
}
const put = (holder: Doc, record: string, key: string, value: unknown) => {
  holder[record] = { ...((holder[record] as Doc | undefined) ?? {}), [key]: value }
}

const lookupOf = (id: string, field: string) => ({ id, type: 'lookup', label: id, link: 'customer', field })

/** Every way to mention something that the generator knows: where the mention must be found, of what, and how to make it. */
const price = ticket('fields/price')
const urgent = ticket('fields/priority/options/urgent')
const normal = ticket('fields/priority/options/normal')
const plain = 'forms/customer.json/fields/level/options/plain'
const done = ticket('stages/done')
const plants: readonly Plant[] = [
  // A field.
  [ticket('views/open/columns/price'), price, (at) => push(at(ticket('views/open')), 'columns', 'price')],
  [
    'app.json/portal/forms/ticket',
    'forms/ticket.json',
    (at) => Object.assign(at('app.json'), { portal: { forms: ['ticket'] } }),
  ],
  [ticket('views/open/sort/-price'), price, (at) => push(at(ticket('views/open')), 'sort', '-price')],
  [ticket('layout/main/items/price'), price, (at) => push(at(ticket('layout/main')), 'items', 'price')],
  [
    ticket('access/lead_all/fields/price'),
    price,
    (at) => put(at(ticket('access/lead_all')), 'fields', 'price', 'read'),
  ],
  [
    ticket('fields/subject/visibleWhen'),
    price,
    (at) => {
      at(ticket('fields/subject')).visibleWhen = { not: { any: [leaf('price', 'isEmpty')] } }
    },
  ],
  [
    ticket('fields/hours/requiredWhen'),
    price,
    (at) => {
      at(ticket('fields/hours')).requiredWhen = { formula: 'price > 5' }
    },
  ],
  [
    ticket('fields/planted/formula'),
    price,
    (at) =>
      push(at('forms/ticket.json'), 'fields', {
        id: 'planted',
        type: 'formula',
        label: 'P',
        result: 'boolean',
        formula: 'if price = null then false else price > 3',
      }),
  ],
  [
    ticket('fields/seen_over/link'),
    ticket('fields/customer'),
    (at) => push(at('forms/ticket.json'), 'fields', lookupOf('seen_over', 'level')),
  ],
  [
    ticket('fields/seen_there/field'),
    'forms/customer.json/fields/manager',
    (at) => push(at('forms/ticket.json'), 'fields', lookupOf('seen_there', 'manager')),
  ],
  [
    'flows/sop.json/nodes/check/fields/price',
    price,
    (at) => put(at('flows/sop.json/nodes/check'), 'fields', 'price', 'read'),
  ],
  ['rules/raise.json/on/fields/price', price, (at) => push(at('rules/raise.json/on'), 'fields', 'price')],
  [
    'rules/raise.json/then/set/values/price',
    price,
    (at) => put(at('rules/raise.json/then/set'), 'values', 'price', '1'),
  ],
  [
    'rules/raise.json/then/new/values/name/ref',
    ticket('fields/due_at'),
    (at) => put(at('rules/raise.json/then/new'), 'values', 'name', { ref: '$.record.due_at' }),
  ],
  [
    'policies/sla.json/when',
    price,
    (at) => {
      at('policies/sla.json').when = leaf('hours', 'equal', { ref: '$.record.price' })
    },
  ],
  [
    'messages/hello.json/inbox/title/en',
    price,
    (at) => {
      at('messages/hello.json/inbox').title = { 'zh-CN': '你好', en: '{{record.price}}' }
    },
  ],
  [
    'scenarios/vip.json/steps/0/values/price',
    price,
    (at) => put(at('scenarios/vip.json/steps/0'), 'values', 'price', '3'),
  ],
  ['charts/load.json/by/price', price, (at) => push(at('charts/load.json'), 'by', 'price')],
  ['charts/load.json/per/ticket', price, (at) => put(at('charts/load.json'), 'per', 'ticket', 'price')],
  [
    'decisions/grade.json/inputs/x/expression',
    price,
    (at) => push(at('decisions/grade.json'), 'inputs', { id: 'x', expression: 'price * 2' }),
  ],
  // A field behind a link.
  [
    'charts/load.json/by/customer.manager',
    'forms/customer.json/fields/manager',
    (at) => push(at('charts/load.json'), 'by', 'customer.manager'),
  ],
  [
    'flows/sop.json/nodes/check/assign/customer.manager/field',
    'forms/customer.json/fields/manager',
    (at) => {
      at('flows/sop.json/nodes/check').assign = [{ field: 'customer.manager' }]
    },
  ],
  // Options and stages, by value.
  [
    ticket('fields/priority/default'),
    normal,
    (at) => {
      at(ticket('fields/priority')).default = 'normal'
    },
  ],
  [
    ticket('fields/priority/default'),
    normal,
    (at) => {
      at(ticket('fields/priority')).default = { formula: 'if hours > 3 then "urgent" else "normal"' }
    },
  ],
  [
    ticket('checks/hours_given/must'),
    normal,
    (at) => {
      at(ticket('checks/hours_given')).must = { all: [leaf('priority', 'in', ['urgent', 'normal'])] }
    },
  ],
  [
    'rules/raise.json/if',
    normal,
    (at) => {
      at('rules/raise.json').if = { formula: 'hours > 1 and priority in ("normal")' }
    },
  ],
  [
    'rules/raise.json/if',
    plain,
    (at) => {
      at('rules/raise.json').if = { formula: '"plain" = customer.level' }
    },
  ],
  [
    'rules/raise.json/then/set/values/priority',
    normal,
    (at) => put(at('rules/raise.json/then/set'), 'values', 'priority', 'normal'),
  ],
  [
    'rules/raise.json/then/new/values/level',
    plain,
    (at) => put(at('rules/raise.json/then/new'), 'values', 'level', 'plain'),
  ],
  [
    'scenarios/vip.json/given/records/c/values/level',
    plain,
    (at) => put(at('scenarios/vip.json/given/records/c'), 'values', 'level', 'plain'),
  ],
  [
    'decisions/grade.json/rows/r1/when/p',
    urgent,
    (at) => put(at('decisions/grade.json/rows/r1'), 'when', 'p', 'not("urgent")'),
  ],
  [
    'flows/sop.json/edges/e4/when',
    done,
    (at) => {
      at('flows/sop.json/edges/e4').when = leaf('state', 'notEqual', 'done')
    },
  ],
  // Roles, people and documents.
  [ticket('views/open/roles/lead'), 'app.json/roles/lead', (at) => push(at(ticket('views/open')), 'roles', 'lead')],
  [
    'app.json/navigation/home/roles/lead',
    'app.json/roles/lead',
    (at) => push(at('app.json/navigation/home'), 'roles', 'lead'),
  ],
  [
    'scenarios/vip.json/given/people/0/roles/lead',
    'app.json/roles/lead',
    (at) => push(at('scenarios/vip.json/given/people/0'), 'roles', 'lead'),
  ],
  [
    'rules/raise.json/then/tell/message',
    'messages/hello.json',
    (at) =>
      push(at('rules/raise.json'), 'then', { id: 'tell', type: 'notify', to: [{ role: 'lead' }], message: 'hello' }),
  ],
  [
    ticket('actions/remind/actions/start/flow'),
    'flows/sop.json',
    (at) => push(at(ticket('actions/remind')), 'actions', { id: 'start', type: 'startFlow', flow: 'sop' }),
  ],
  [
    'flows/sop.json/nodes/tell/actions/grade/decision',
    'decisions/grade.json',
    (at) =>
      push(at('flows/sop.json/nodes/tell'), 'actions', {
        id: 'grade',
        type: 'decide',
        decision: 'grade',
        set: { subject: 'level' },
      }),
  ],
  // What decision tables give to fields.
  [
    'flows/sop.json/nodes/tell/actions/ask/set/subject',
    'decisions/grade.json/outputs/level',
    (at) =>
      push(at('flows/sop.json/nodes/tell'), 'actions', {
        id: 'ask',
        type: 'decide',
        decision: 'grade',
        set: { subject: 'level' },
      }),
  ],
  [
    'decisions/grade.json/rows/r1/then/level',
    urgent,
    (at) => {
      push(at('flows/sop.json/nodes/tell'), 'actions', {
        id: 'ask',
        type: 'decide',
        decision: 'grade',
        set: { priority: 'level' },
      })
      put(at('decisions/grade.json/rows/r1'), 'then', 'level', 'urgent')
    },
  ],
  [
    'decisions/grade.json/outputs/level/default',
    normal,
    (at) => {
      push(at('rules/raise.json'), 'then', { id: 'ask', type: 'decide', decision: 'grade', set: { priority: 'level' } })
      at('decisions/grade.json/outputs/level').default = { formula: 'if hours > 3 then "normal" else null' }
    },
  ],
  // What scenarios do and expect.
  [
    'scenarios/vip.json/steps/2/expect/record/values/price',
    price,
    (at) => push(at('scenarios/vip.json'), 'steps', { expect: { record: { values: { price: '3' } } } }),
  ],
  [
    'scenarios/vip.json/steps/2/expect/record/values/level',
    plain,
    (at) => push(at('scenarios/vip.json'), 'steps', { expect: { record: { as: 'c', values: { level: 'plain' } } } }),
  ],
  [
    'scenarios/vip.json/steps/2/values/level',
    plain,
    (at) =>
      push(at('scenarios/vip.json'), 'steps', { do: 'record.update', by: 'li', of: 'c', values: { level: 'plain' } }),
  ],
  [
    'scenarios/vip.json/steps/2/node',
    'flows/sop.json/nodes/check',
    (at) => push(at('scenarios/vip.json'), 'steps', { do: 'task.complete', by: 'li', node: 'check', outcome: 'ok' }),
  ],
  [
    'scenarios/vip.json/steps/2/outcome',
    'flows/sop.json/nodes/check/outcomes/ok',
    (at) => push(at('scenarios/vip.json'), 'steps', { do: 'task.complete', by: 'li', node: 'check', outcome: 'ok' }),
  ],
  [
    'scenarios/vip.json/steps/2/action',
    ticket('actions/remind'),
    (at) => push(at('scenarios/vip.json'), 'steps', { do: 'record.action', by: 'li', action: 'remind' }),
  ],
  [
    'scenarios/vip.json/steps/2/expect/clock/id',
    'policies/sla.json/clocks/response',
    (at) => push(at('scenarios/vip.json'), 'steps', { expect: { clock: { id: 'response' } } }),
  ],
  [
    'scenarios/vip.json/steps/2/expect/task/node',
    'flows/sop.json/nodes/check',
    (at) => push(at('scenarios/vip.json'), 'steps', { expect: { task: { node: 'check' } } }),
  ],
]

function planted(plant: Plant, files: AppFilesDocument): AppFilesDocument {
  const copy = structuredClone(files) as Doc
  plant[2]((address) => {
    let value: unknown = copy
    for (const name of pathOfAddress(address))
      value = Array.isArray(value)
        ? value.find((one, at) => (one.id ?? one.section ?? String(at)) === name)
        : (value as Doc)[name]
    if (value === undefined) throw new Error(`nothing at ${address}`)
    return value as Doc
  })
  return copy
}
const definitionsOf = (files: AppFilesDocument): readonly SourceFile[] =>
  Object.entries(files).flatMap(([path, json]) => (path.startsWith('charts/') ? [] : [{ path, json }]))

describe('where something is used', () => {
  test.each(plants.map((plant) => [plant[0], plant[1], plant] as const))('%s mentions %s', (address, target, plant) => {
    const files = planted(plant, start)
    expect(validateFiles(definitionsOf(files))).toEqual([])
    expect(placesOf(files, target)).toContain(address)
    const usage = usagesOf(graphOf(files), target, 'en').find((one) => one.address === address)
    for (const language of ['zh-CN', 'en'] as const) {
      const text = usagesOf(graphOf(files), target, language).find((one) => one.address === address)?.text ?? ''
      expect(text).not.toMatch(/undefined|\[object|\{/)
      expect(text).toMatch(language === 'en' ? /refers to/ : /用到/)
    }
    // Once taken out, it is not found any more.
    const without = withoutElement(files, address)
    expect(placesOf(without, target)).not.toContain(address)
    expect(address.startsWith(usage?.file ?? '?')).toBe(true)
  })

  it('any of them together: every planted mention is found, whatever else is there', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...plants], { minLength: 1, maxLength: 8 }), (chosen) => {
        // Two of them at one place would replace each other.
        const places = new Set<string>()
        const apart = chosen.filter(([address]) => {
          const place = address.replace(/\/(steps|fields\/planted).*/, '/$1')
          return !places.has(place) && places.add(place)
        })
        const files = apart.reduce((all, plant) => planted(plant, all), start)
        for (const [address, target] of apart) expect(placesOf(files, target)).toContain(address)
      }),
      { numRuns: 80, seed: 20261128 },
    )
  })

  it('says so in business words', () => {
    const files = planted(
      plants.find(([address]) => address === 'flows/sop.json/nodes/check/fields/price') as Plant,
      start,
    )
    const [mask] = usagesOf(graphOf(files), price, 'zh-CN').filter((one) => one.file.startsWith('flows/'))
    expect(mask).toEqual({
      target: price,
      file: 'flows/sop.json',
      address: 'flows/sop.json/nodes/check/fields/price',
      pointer: '/nodes/1/fields/price',
      element: 'flows/sop.json/nodes/check',
      how: 'key',
      text: '流程「SOP」的步骤「Check」的“字段”用到字段「Price」',
    })
    expect(usagesOf(graphOf(files), price, 'en').find((one) => one.file.startsWith('flows/'))?.text).toBe(
      'Step "Check" of flow "SOP", "Fields": refers to field "Price"',
    )
    const edges = usagesOf(graphOf(start), 'flows/sop.json/nodes/which', 'zh-CN').map((one) => one.text)
    expect(edges).toContain('流程「SOP」的连线「Check → which」的“终点”用到节点「which」')
  })

  it('a form is used where its parts are used by others, not by its own parts', () => {
    const places = placesOf(start, 'forms/customer.json')
    expect(places).toContain('forms/ticket.json/fields/customer/form')
    expect(places).toContain('forms/ticket.json/views/open/columns/customer.level')
    expect(places.filter((place) => place.startsWith('forms/customer.json'))).toEqual([])
  })

  it('addresses lead there and back, slashes in names too', () => {
    for (const path of [['app.json'], ['forms/t.json', 'fields', 'a'], ['boards/b.json', 'per', 'crm/customer', 'x~y']])
      expect(pathOfAddress(addressOfPath(path))).toEqual(path)
  })

  it('files that are no app have no graph', () => {
    expect(usageGraph({ 'forms/ticket.json': base['forms/ticket.json'] }, kinds)).toBeUndefined()
  })
})

/** Everything that can be referred to. Structure that only holds together (edges, sections, rows) is another matter. */
const referable =
  /^(forms\/\w+\.json\/(fields\/\w+(\/options\/\w+)?|stages\/\w+|views\/\w+|actions\/\w+)|app\.json\/roles\/\w+|flows\/\w+\.json\/nodes\/\w+(\/outcomes\/\w+)?|policies\/\w+\.json\/clocks\/\w+|decisions\/\w+\.json\/(inputs|outputs)\/\w+|(forms|flows|policies|calendars|assignments|messages|decisions)\/\w+\.json)$/
const addressesIn = (files: AppFilesDocument): readonly string[] =>
  Object.entries(files)
    .flatMap(([file, json]) => [file, ...elementsOf(json).map((element) => `${file}/${element.address}`)])
    .filter((address) => referable.test(address))

describe('what deleting breaks', () => {
  it('nothing, where nothing refers to it', () => {
    let unused = 0
    fc.assert(
      fc.property(fc.shuffledSubarray([...plants], { maxLength: 3 }), (chosen) => {
        const files = chosen.reduce((all, plant) => planted(plant, all), start)
        const graph = graphOf(files)
        for (const address of addressesIn(files)) {
          if (usagesOf(graph, address, 'en').length > 0) continue
          unused += 1
          const errors = breakagesOf(graph, address, 'en').filter((one) => one.problem.severity === undefined)
          expect({ address, errors }).toEqual({ address, errors: [] })
        }
      }),
      { numRuns: 8, seed: 20261128 },
    )
    expect(unused).toBeGreaterThan(20)
  })

  it('what its absence leaves dangling, each with its place', () => {
    const graph = graphOf(start)
    const broken = breakagesOf(graph, 'app.json/roles/lead', 'zh-CN')
    expect(broken.map((one) => one.address)).toEqual([
      'forms/ticket.json/actions/remind/roles/lead',
      'forms/ticket.json/access/lead_all/role',
      'assignments/by_load.json/fallback/0/role',
    ])
    expect(broken[0]).toMatchObject({
      file: 'forms/ticket.json',
      element: 'forms/ticket.json/actions/remind',
      text: '引用的角色“Lead”不存在',
    })
    // A way out: what can simply be taken out goes with it.
    const mentions = usagesOf(graph, 'app.json/roles/lead', 'zh-CN')
    expect(breakagesOf(graph, 'app.json/roles/lead', 'zh-CN', mentions).map((one) => one.address)).toEqual([
      'forms/ticket.json/access/lead_all/role',
      'assignments/by_load.json/fallback/0/role',
    ])
  })

  it('problems there are already are not counted, though places move', () => {
    const wrong = structuredClone(start) as Doc
    const form = wrong['forms/ticket.json'] as { views: [{ columns: string[] }] }
    form.views[0].columns.push('no_such_field')
    expect(breakagesOf(graphOf(wrong), ticket('fields/price'), 'en').map((one) => one.address)).toEqual([
      'forms/ticket.json/access/agent_own/fields/price',
    ])
  })

  it('an address at which nothing stands changes nothing', () => {
    expect(withoutElement(start, 'forms/ticket.json/fields/nothing')).toEqual(start)
    expect(withoutElement(start, 'forms/nothing.json/fields/x')).toEqual(start)
  })
})
