import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FormDefinition } from '../definitions/form.ts'
import type { Facts, RecordFacts } from '../facts.ts'
import type { FormModel } from '../model.ts'
import { renderProblem } from '../render-problem.ts'
import { evaluateForm } from './evaluate-form.ts'
import { formModel } from './form-model.ts'
import type { FormInput, Mask, Rights } from './types.ts'

const app = { id: 'demo', currency: 'CNY' }
const head = { kind: 'form', schemaVersion: 1, title: { formula: 'id' } } as const

const customer = formModel(
  {
    ...head,
    id: 'customer',
    label: '客户',
    fields: [
      { type: 'text', id: 'name', label: '名称' },
      { type: 'text', id: 'level', label: '等级' },
    ],
  },
  app,
)

const definition: FormDefinition = {
  ...head,
  id: 'ticket',
  label: '工单',
  stages: [
    { id: 'new', label: '新建', category: 'new' },
    { id: 'closed', label: '已关闭', category: 'closed' },
  ],
  fields: [
    { type: 'serial', id: 'number', label: '编号', pattern: 'TK{0000}' },
    { type: 'stage', id: 'stage', label: '阶段' },
    { type: 'text', id: 'subject', label: { 'zh-CN': '主题', en: 'Subject' }, required: true },
    {
      type: 'select',
      id: 'kind',
      label: '类型',
      default: 'repair',
      options: [
        { id: 'repair', label: '维修' },
        { id: 'complaint', label: '投诉' },
        { id: 'other', label: '其他', retired: true },
      ],
    },
    {
      type: 'text',
      id: 'serial_no',
      label: '机身号',
      visibleWhen: { fact: 'record', path: '$.kind', operator: 'equal', value: 'repair' },
      requiredWhen: { fact: 'record', path: '$.kind', operator: 'equal', value: 'repair' },
    },
    {
      type: 'text',
      id: 'fault',
      label: '故障',
      visibleWhen: { fact: 'record', path: '$.serial_no', operator: 'isNotEmpty' },
    },
    { type: 'text', id: 'grievance', label: '投诉内容' },
    { type: 'user', id: 'owner', label: '负责人', default: { ref: '$.user.id' } },
    { type: 'date', id: 'received_on', label: '受理日期', default: { formula: 'today()' } },
    { type: 'date', id: 'due_on', label: '截止日期' },
    { type: 'money', id: 'price', label: '单价', min: 0 },
    { type: 'number', id: 'quantity', label: '数量', default: 1 },
    { type: 'formula', id: 'amount', label: '金额', formula: 'price * quantity', result: 'money' },
    { type: 'formula', id: 'gross', label: '含税', formula: 'amount * 1.13', result: 'money' },
    { type: 'formula', id: 'age', label: '已过天数', formula: '(today() - received_on).days', result: 'number' },
    { type: 'link', id: 'customer', label: '客户', form: 'customer' },
    { type: 'formula', id: 'level', label: '客户等级', formula: 'customer.level', result: 'text' },
    { type: 'boolean', id: 'locked', label: '锁定' },
    {
      type: 'longText',
      id: 'note',
      label: '备注',
      readOnlyWhen: { fact: 'record', path: '$.locked', operator: 'equal', value: true },
    },
    { type: 'money', id: 'cost', label: '成本' },
    { type: 'formula', id: 'profit', label: '毛利', formula: 'amount - cost', result: 'money' },
  ],
  layout: [
    { section: 'main', items: ['subject', 'kind', 'serial_no', 'fault'] },
    {
      section: 'complaint',
      items: ['grievance'],
      visibleWhen: { fact: 'record', path: '$.kind', operator: 'equal', value: 'complaint' },
    },
  ],
  checks: [
    {
      id: 'due_after_received',
      at: 'due_on',
      message: { 'zh-CN': '截止日期不能早于受理日期', en: 'Due before it was received' },
      must: {
        any: [
          { fact: 'record', path: '$.due_on', operator: 'isEmpty' },
          {
            fact: 'record',
            path: '$.due_on',
            operator: 'greaterThanInclusive',
            value: { ref: '$.record.received_on' },
          },
        ],
      },
    },
  ],
}
const ticket = formModel(definition, app)
const lookup = (name: string): FormModel | undefined => ({ ticket, customer })[name]

const customers: { readonly [id: string]: RecordFacts } = {
  c1: { id: 'c1', name: '甲公司', level: 'vip' },
  c2: { id: 'c2', name: '乙公司', level: 'normal' },
}
const facts: Facts = {
  now: Date.UTC(2026, 2, 2, 1),
  zone: 'Asia/Shanghai',
  user: {
    id: 'u1',
    username: 'agent1',
    name: '王芳',
    department: null,
    superior: null,
    departments: [],
    roles: ['agent'],
    locale: 'zh-CN',
    zone: 'Asia/Shanghai',
  },
  linked: (form, id) => (form === 'customer' ? customers[id] : undefined),
}
const rightsOf = (changes: { readonly [field: string]: 'hidden' | 'read' | 'edit' } = {}): Rights =>
  new Map([...ticket.fields.values()].map(({ id, system }) => [id, changes[id] ?? (system ? 'read' : 'edit')]))

type Options = Partial<Omit<FormInput, 'data' | 'facts'>>
const create = (data: FormInput['data'], options: Options = {}) =>
  evaluateForm(ticket, { mode: 'create', data, facts, rights: rightsOf(), lookup, ...options })
const edit = (record: RecordFacts, data: FormInput['data'], options: Options = {}) =>
  evaluateForm(ticket, {
    mode: 'edit',
    data,
    facts: { ...facts, record: { id: 't1', version: 3, ...record } },
    rights: rightsOf(),
    lookup,
    ...options,
  })
const codes = (state: { readonly problems: readonly { readonly code: string; readonly path: string }[] }) =>
  state.problems.map(({ code, path }) => `${path} ${code}`)

const repair = { subject: '打印机不进纸', serial_no: 'SN1' }

describe('a new record', () => {
  test('has its values in canonical form, defaults and computed values', () => {
    const state = create({ ...repair, price: '￥1,200', quantity: '３', customer: 'c1' })
    expect(state.problems).toEqual([])
    expect(state.data).toEqual({
      stage: 'new',
      subject: '打印机不进纸',
      kind: 'repair',
      serial_no: 'SN1',
      owner: 'u1',
      received_on: '2026-03-02',
      price: '1200.00',
      quantity: 3,
      amount: '3600.00',
      gross: '4068.00',
      customer: 'c1',
      level: 'vip',
    })
    expect(state.changed).toEqual(Object.keys(state.data))
  })
  test('a default is not given where something was entered, even blank', () => {
    const state = create({ ...repair, quantity: 0, owner: null, received_on: '' })
    expect(state.data).toMatchObject({ quantity: 0 })
    expect(state.data).not.toHaveProperty('owner')
    expect(state.data).not.toHaveProperty('received_on')
  })
  test("today() is the day in the person's zone, and is computed but never stored in what reads it", () => {
    const state = evaluateForm(ticket, {
      mode: 'create',
      data: repair,
      facts: { ...facts, now: Date.UTC(2026, 2, 2, 20) },
      rights: rightsOf(),
      lookup,
    })
    expect(state.data.received_on).toBe('2026-03-03')
    expect(state.computed.age).toBe(0)
    expect(state.data).not.toHaveProperty('age')
    expect(ticket.fields.get('age')?.stored).toBe(false)
    expect(ticket.fields.get('amount')?.stored).toBe(true)
  })
  test('all problems come at once, in field order, with label and path', () => {
    const state = create({ quantity: 'viele', price: -1, nonsense: 1, kind: 'x' })
    expect(codes(state)).toEqual([
      '/nonsense field.unknown',
      '/subject field.required',
      '/kind field.notChoice',
      '/price field.tooSmall',
      '/quantity field.notNumber',
    ])
    expect(renderProblem(state.problems[1]!, 'zh-CN')).toBe('请填写主题')
    expect(renderProblem(state.problems[1]!, 'en')).toBe('Subject is required')
  })
  test("the system's own values are taken from the facts", () => {
    const state = evaluateForm(ticket, {
      mode: 'create',
      data: repair,
      facts: { ...facts, record: { id: 't9', created_at: '2026-03-02T01:00:00.000Z', number: 'TK0001' } },
      rights: rightsOf(),
      lookup,
    })
    expect(state.data.number).toBe('TK0001')
    expect(state.data).not.toHaveProperty('created_at')
  })
})

describe('a change', () => {
  test('of one field leaves the others and recomputes what depends on it', () => {
    const state = edit(
      {
        ...repair,
        kind: 'repair',
        price: '10.00',
        quantity: 2,
        amount: '20.00',
        gross: '22.60',
        received_on: '2026-03-01',
      },
      { quantity: 3 },
    )
    expect(state.problems).toEqual([])
    expect(state.changed).toEqual(['quantity', 'amount', 'gross'])
    expect(state.data).toMatchObject({ subject: '打印机不进纸', quantity: 3, amount: '30.00', gross: '33.90' })
  })
  test('gives no defaults', () => expect(edit({ ...repair, kind: 'repair' }, { note: 'x' }).changed).toEqual(['note']))
  test("null and '' clear", () => {
    for (const blank of [null, '', '  '])
      expect(edit({ ...repair, kind: 'repair', note: 'x' }, { note: blank })).toMatchObject({
        changed: ['note'],
        problems: [],
      })
  })
  test('that spells the same value differently is none', () => {
    expect(
      edit(
        { ...repair, kind: 'repair', price: '10.00', quantity: 1, amount: '10.00', gross: '11.30' },
        { price: '¥ 10', kind: '维修' },
      ).changed,
    ).toEqual([])
  })
  test('of a link reads the newly linked record', () => {
    expect(edit({ ...repair, kind: 'repair', customer: 'c1', level: 'vip' }, { customer: 'c2' }).data).toMatchObject({
      customer: 'c2',
      level: 'normal',
    })
  })
  test("a computed value, a serial number, a stage, a system field are nobody's to change", () => {
    const state = edit(
      { ...repair, kind: 'repair', number: 'TK0001', stage: 'new' },
      { amount: 5, number: 'TK0002', stage: 'closed', version: 9, created_at: '2020-01-01T00:00:00Z' },
    )
    expect(codes(state)).toEqual([
      '/created_at field.readOnly',
      '/version field.readOnly',
      '/number field.readOnly',
      '/stage field.readOnly',
      '/amount field.readOnly',
    ])
    expect(
      codes(
        edit(
          { ...repair, kind: 'repair', number: 'TK0001', stage: 'new' },
          { number: 'TK0001', stage: '新建', version: 3 },
        ),
      ),
    ).toEqual([])
  })
})

describe('visibility', () => {
  test("a hidden field's submitted value is passed over, its stored one kept, and it is not demanded", () => {
    const state = edit({ subject: 's', kind: 'complaint', serial_no: 'OLD' }, { serial_no: 'NEW' })
    expect(state.problems).toEqual([])
    expect(state.data.serial_no).toBe('OLD')
    expect(state.fields.get('serial_no')).toEqual({ visible: false, editable: false, required: false, value: null })
  })
  test('even when it could not be read', () =>
    expect(codes(edit({ subject: 's', kind: 'complaint' }, { serial_no: 'x\0' }))).toEqual([]))
  test('a section hides its fields', () => {
    expect(create({ ...repair, grievance: 'x' }).data).not.toHaveProperty('grievance')
    const state = create({ subject: 's', kind: 'complaint', grievance: 'x' })
    expect(state.data.grievance).toBe('x')
    expect(state.fields.get('grievance')?.visible).toBe(true)
  })
  test('taking one value back hides the next', () => {
    const state = create({ subject: 's', kind: 'complaint', serial_no: 'SN1', fault: '不开机' })
    expect(state.data).not.toHaveProperty('serial_no')
    expect(state.data).not.toHaveProperty('fault')
    expect(state.fields.get('fault')?.visible).toBe(false)
  })
  test('also one that comes before it', () => {
    const needs = (path: string, value: string) => ({ fact: 'record', path, operator: 'equal', value }) as const
    const form = formModel(
      {
        ...head,
        id: 'chain',
        label: '链',
        fields: [
          { type: 'text', id: 'third', label: '三', visibleWhen: needs('$.second', 'b') },
          { type: 'text', id: 'second', label: '二', visibleWhen: needs('$.first', 'a') },
          { type: 'text', id: 'first', label: '一' },
        ],
      },
      app,
    )
    const rights: Rights = new Map(['first', 'second', 'third'].map((id) => [id, 'edit']))
    const data = { third: 'c', second: 'b', first: 'x' }
    expect(evaluateForm(form, { mode: 'create', data, facts, rights }).data).toEqual({ first: 'x' })
    expect(evaluateForm(form, { mode: 'create', data: { ...data, first: 'a' }, facts, rights }).data).toEqual({
      ...data,
      first: 'a',
    })
  })
  test('conditions see the record as it was', () => {
    const form = formModel(
      {
        ...head,
        id: 'why',
        label: '原因',
        fields: [
          { type: 'text', id: 'price', label: '价格' },
          {
            type: 'text',
            id: 'reason',
            label: '原因',
            requiredWhen: { fact: 'record', path: '$.price', operator: 'changed' },
          },
        ],
      },
      app,
    )
    const rights: Rights = new Map([
      ['price', 'edit'],
      ['reason', 'edit'],
    ])
    const change = (data: FormInput['data']) =>
      codes(evaluateForm(form, { mode: 'edit', data, facts: { ...facts, record: { price: '1' } }, rights }))
    expect(change({ price: '2' })).toEqual(['/reason field.required'])
    expect(change({ price: '1' })).toEqual([])
  })
  test('two fields that hide each other end somewhere, always the same', () => {
    const when = (field: string) => ({ fact: 'record', path: `$.${field}`, operator: 'isEmpty' }) as const
    const form = formModel(
      {
        ...head,
        id: 'pair',
        label: '互斥',
        fields: [
          { type: 'text', id: 'a', label: 'A', visibleWhen: when('b') },
          { type: 'text', id: 'b', label: 'B', visibleWhen: when('a') },
        ],
      },
      app,
    )
    const rights: Rights = new Map([
      ['a', 'edit'],
      ['b', 'edit'],
    ])
    expect(evaluateForm(form, { mode: 'create', data: { b: '2', a: '1' }, facts, rights }).data).toEqual({ b: '2' })
  })
})

describe('rights', () => {
  const hiding = rightsOf({ cost: 'hidden', profit: 'hidden', price: 'read' })
  test('what is hidden by right is not in the fields, and answers like a field that does not exist', () => {
    const state = edit(
      { ...repair, kind: 'repair', cost: '5.00', price: '10.00' },
      { cost: '1', costs: '1', nowhere: 1 },
      { rights: hiding },
    )
    expect(codes(state)).toEqual(['/cost field.unknown', '/costs field.unknown', '/nowhere field.unknown'])
    expect(state.problems.map(({ details }) => details)).toEqual([
      { field: 'cost' },
      { field: 'costs' },
      { field: 'nowhere' },
    ])
    expect([...state.fields.keys()]).not.toContain('cost')
    expect([...state.fields.keys()]).not.toContain('profit')
    expect(state.data.cost).toBe('5.00')
  })
  test('a misspelled field one may know is suggested', () => {
    expect(create({ ...repair, subjct: 'x' }).problems[0]).toMatchObject({
      code: 'field.unknown',
      path: '/subjct',
      details: { field: 'subjct', suggestion: 'subject' },
    })
  })
  test('what may only be read may be sent back unchanged', () => {
    expect(codes(edit({ ...repair, kind: 'repair', price: '10.00' }, { price: '10' }, { rights: hiding }))).toEqual([])
    expect(codes(edit({ ...repair, kind: 'repair', price: '10.00' }, { price: '11' }, { rights: hiding }))).toEqual([
      '/price field.readOnly',
    ])
    expect(codes(edit({ ...repair, kind: 'repair', price: '10.00' }, { price: null }, { rights: hiding }))).toEqual([
      '/price field.readOnly',
    ])
  })
  test('nothing named is nothing allowed', () => {
    const state = create(repair, { rights: new Map() })
    expect(state.fields.size).toBe(0)
    expect(codes(state)).toEqual(['/subject field.unknown', '/serial_no field.unknown'])
  })
  test('what one may not fill is not demanded', () => {
    expect(codes(edit({ subject: 's', kind: 'repair' }, {}, { rights: rightsOf({ serial_no: 'read' }) }))).toEqual([])
    expect(codes(edit({ subject: 's', kind: 'repair' }, {}))).toEqual(['/serial_no field.required'])
  })
  test("names of the language's own objects are only unknown fields", () => {
    const data = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 1, "toString": 2}') as FormInput['data']
    expect(codes(create({ ...repair, ...data }))).toContain('/constructor field.unknown')
    expect(codes(create(data))).toContain('/__proto__ field.unknown')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe("a step's mask", () => {
  const mask: Mask = { note: 'required', kind: 'read', price: 'hidden', due_on: 'edit', gone: 'required' }
  const record = { ...repair, kind: 'repair', price: '10.00', received_on: '2026-03-01' }
  test('demands, opens, shows and hides; what it does not name is read-only', () => {
    const state = edit(record, {}, { mask, rights: rightsOf({ note: 'read', due_on: 'read' }) })
    expect(codes(state)).toEqual(['/note field.required'])
    expect(state.fields.get('note')).toMatchObject({ editable: true, required: true })
    expect(state.fields.get('due_on')).toMatchObject({ editable: true, required: false })
    expect(state.fields.get('kind')).toMatchObject({ visible: true, editable: false })
    expect(state.fields.get('subject')).toMatchObject({ visible: true, editable: false, required: false })
    expect(state.fields.has('price')).toBe(false)
  })
  test('a value sent for what the step hides is passed over, for what it does not open refused', () => {
    const state = edit(record, { note: 'done', price: '99', subject: 'other' }, { mask })
    expect(codes(state)).toEqual(['/subject field.readOnly'])
    expect(state.data.price).toBe('10.00')
  })
  test('cannot open what is hidden by right', () => {
    const state = edit(record, { note: 'x' }, { mask, rights: rightsOf({ note: 'hidden' }) })
    expect(codes(state)).toEqual(['/note field.unknown'])
    expect(state.fields.has('note')).toBe(false)
  })
})

describe('read-only', () => {
  test('while the record is locked', () => {
    const state = edit({ ...repair, kind: 'repair', locked: true, note: 'a' }, { note: 'b' })
    expect(codes(state)).toEqual(['/note field.readOnly'])
    expect(state.fields.get('note')?.editable).toBe(false)
  })
  test('but whoever locks or unlocks it may write the note with the same click', () => {
    expect(codes(edit({ ...repair, kind: 'repair', note: 'a' }, { note: 'b', locked: true }))).toEqual([])
    expect(codes(edit({ ...repair, kind: 'repair', locked: true, note: 'a' }, { note: 'b', locked: false }))).toEqual(
      [],
    )
  })
  test('a retired option stays, but is not chosen again', () => {
    expect(codes(edit({ subject: 's', kind: 'other' }, { kind: 'other', note: 'x' }))).toEqual([])
    const state = edit({ ...repair, kind: 'repair' }, { kind: 'other' })
    expect(state.problems).toEqual([
      { code: 'field.retiredChoice', path: '/kind', details: { label: '类型', value: '其他' } },
    ])
  })
})

describe('checks', () => {
  const record = { ...repair, kind: 'repair', received_on: '2026-03-01', due_on: '2026-02-01' }
  test('failing ones are told at their field, in both languages', () => {
    const state = create({ ...repair, due_on: '2026-03-01' })
    expect(state.problems).toEqual([
      {
        code: 'check.failed',
        path: '/due_on',
        details: {
          check: 'due_after_received',
          message: { 'zh-CN': '截止日期不能早于受理日期', en: 'Due before it was received' },
        },
      },
    ])
    expect(renderProblem(state.problems[0]!, 'en')).toBe('Due before it was received')
  })
  test('an old record that breaks one can still be worked on elsewhere', () => {
    expect(codes(edit(record, { note: 'x' }))).toEqual([])
    expect(codes(edit(record, { received_on: '2026-03-02' }))).toEqual(['/due_on check.failed'])
  })
  test('a value that could not be read is its own problem, not that of a check too', () => {
    expect(codes(edit(record, { due_on: 'soon' }))).toEqual(['/due_on field.notDate'])
    expect(codes(edit(record, { due_on: 'soon', received_on: '2026-03-05' }))).toEqual(['/due_on field.notDate'])
  })
})

describe('who stands behind it', () => {
  test('the system sets what nobody may enter, sees nothing hidden and is asked for nothing', () => {
    const state = edit(
      { subject: 's', kind: 'complaint', locked: true },
      { stage: 'closed', note: 'x', serial_no: 'SN9', number: 'TK0007' },
      { authority: 'system', rights: new Map() },
    )
    expect(state.problems).toEqual([])
    expect(state.data).toMatchObject({ stage: 'closed', note: 'x', serial_no: 'SN9', number: 'TK0007' })
  })
  test('but its values are values and its checks hold', () => {
    const state = edit(
      { ...repair, kind: 'repair', received_on: '2026-03-01' },
      { quantity: 'x', due_on: '2026-02-01', amount: '5', nowhere: 1 },
      { authority: 'system', rights: new Map() },
    )
    expect(codes(state)).toEqual(['/nowhere field.unknown', '/quantity field.notNumber', '/due_on check.failed'])
  })
  test('declared history keeps what it says: no defaults, nothing demanded, nothing checked', () => {
    const state = create(
      { number: 'INC0000045', stage: 'closed', kind: 'other', due_on: '2016-01-01', received_on: '2016-02-01' },
      { authority: 'history', rights: new Map() },
    )
    expect(state.problems).toEqual([])
    expect(state.data).toEqual({
      number: 'INC0000045',
      stage: 'closed',
      kind: 'other',
      due_on: '2016-01-01',
      received_on: '2016-02-01',
    })
  })
})

describe('in a browser, with only what the person may see', () => {
  const rights = rightsOf({ cost: 'hidden' })
  const seen = {
    ...repair,
    kind: 'repair',
    price: '10.00',
    quantity: 1,
    amount: '10.00',
    gross: '11.30',
    profit: '4.00',
    customer: 'c1',
    level: 'vip',
  }
  const browser = (data: FormInput['data']) =>
    evaluateForm(ticket, {
      mode: 'edit',
      data,
      facts: { now: facts.now, zone: facts.zone, record: seen },
      rights,
      lookup,
      partial: true,
    })
  test('computed values of what is not there keep their stored value, the others follow', () => {
    expect(browser({ quantity: 2 }).computed).toMatchObject({
      amount: '20.00',
      gross: '22.60',
      profit: '4.00',
      level: 'vip',
    })
  })
  test('the server computes them all', () => {
    expect(edit({ ...seen, cost: '6.00' }, { quantity: 2 }, { rights }).computed).toMatchObject({
      amount: '20.00',
      profit: '14.00',
      level: 'vip',
    })
  })
})

describe('always', () => {
  const settings = { seed: 20_260_302, numRuns: 300 }
  const ids = [...ticket.fields.keys()]
  const raw = fc.oneof(
    fc.constantFrom(
      null,
      '',
      'repair',
      'complaint',
      'other',
      'SN1',
      '12.5',
      '2026-03-05',
      '2026-01-01',
      true,
      false,
      3,
      'c1',
      'c2',
      'u1',
      'closed',
      ['x'],
    ),
    fc.string(),
  )
  const submission = fc.dictionary(fc.constantFrom(...ids, 'nowhere'), raw, { maxKeys: 8 })
  const someRights = fc
    .array(fc.constantFrom('hidden' as const, 'read' as const, 'edit' as const), {
      minLength: ids.length,
      maxLength: ids.length,
    })
    .map((words): Rights => new Map(ids.map((id, index) => [id, words[index] ?? 'hidden'])))
  const someMask = fc.option(
    fc.dictionary(
      fc.constantFrom(...ids),
      fc.constantFrom('hidden' as const, 'read' as const, 'edit' as const, 'required' as const),
    ),
    { nil: undefined },
  )
  const mode = fc.constantFrom('create' as const, 'edit' as const)
  const stored = submission.map((data) => create(data, { authority: 'history' }).data)
  const input = fc.record({ mode, data: submission, rights: someRights, mask: someMask, stored })
  const run = ({ stored: record, ...rest }: { stored: RecordFacts } & Omit<FormInput, 'facts'>) =>
    evaluateForm(ticket, { ...rest, facts: { ...facts, ...(rest.mode === 'edit' ? { record } : {}) }, lookup })

  test('the same input gives the same answer', () => {
    fc.assert(
      fc.property(input, (given) => {
        expect(run(structuredClone(given))).toEqual(run(given))
      }),
      settings,
    )
  })
  test('what is hidden by right or step is not in the fields; what is not visible has no value there', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const [id, state] of run(given).fields) {
          expect(given.rights.get(id)).not.toBe('hidden')
          if (given.mask) expect(Object.hasOwn(given.mask, id) ? given.mask[id] : 'read').not.toBe('hidden')
          if (!state.visible) expect(state).toEqual({ visible: false, editable: false, required: false, value: null })
        }
      }),
      settings,
    )
  })
  test('a person changes only fields that were open to her, and computed ones', () => {
    fc.assert(
      fc.property(input, (given) => {
        const state = run(given)
        if (given.mode === 'create' || state.problems.length > 0) return
        const opened = (id: string) => {
          const word = given.mask && (Object.hasOwn(given.mask, id) ? given.mask[id] : 'read')
          return (
            given.rights.get(id) !== 'hidden' &&
            (word === undefined ? given.rights.get(id) === 'edit' : word === 'edit' || word === 'required')
          )
        }
        for (const id of state.changed)
          if (ticket.fields.get(id)?.definition?.type !== 'formula') expect(opened(id)).toBe(true)
      }),
      settings,
    )
  })
  test('an accepted record, sent again whole, changes nothing and is accepted', () => {
    let accepted = 0
    fc.assert(
      fc.property(submission, (data) => {
        const first = create({ ...repair, ...data })
        if (first.problems.length > 0) return
        accepted += 1
        const again = edit(first.data as RecordFacts, first.data)
        expect(again.problems).toEqual([])
        expect(again.changed).toEqual([])
        expect(again.data).toEqual(first.data)
      }),
      settings,
    )
    expect(accepted).toBeGreaterThan(10)
  })
})
