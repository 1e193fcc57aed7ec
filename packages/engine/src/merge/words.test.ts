import { describe, expect, it } from 'vitest'
import { documentKinds } from '../definitions/kinds.ts'
import { type AppFilesDocument, placeTeller, tellChanges } from './words.ts'

const form = {
  id: 'ticket',
  kind: 'form',
  label: { 'zh-CN': '工单', en: 'Ticket' },
  fields: [
    { id: 'photo', type: 'file', label: '完工照片' },
    { id: 'note', type: 'text', label: '备注' },
  ],
  views: [{ id: 'all', type: 'table', label: '全部', columns: ['photo'] }],
  access: [],
}
const flow = {
  id: 'sop',
  kind: 'flow',
  form: 'ticket',
  label: '处理流程',
  nodes: [
    { id: 'repair', type: 'userTask', label: '维修', assign: [{ role: 'agent' }], limit: { within: 'PT4H' } },
    { id: 'x', type: 'exclusiveGateway', at: [0, 0] },
  ],
  edges: [{ id: 'e1', from: 'repair', to: 'x' }],
}
type Doc = { [key: string]: unknown }
const files = (change: (all: { form: Doc; flow: Doc }) => void = () => {}): AppFilesDocument => {
  const all = structuredClone({ form, flow }) as { form: Doc; flow: Doc }
  change(all)
  return { 'forms/ticket.json': all.form, 'flows/sop.json': all.flow, 'README.md': 'x' }
}
const nodes = (all: { flow: Doc }) => all.flow.nodes as [Doc, Doc]
const fields = (all: { form: Doc }) => all.form.fields as Doc[]
const told = (after: AppFilesDocument, locale: 'zh-CN' | 'en' = 'zh-CN', before = files()) =>
  tellChanges(before, after, documentKinds, locale).map((one) => one.text)

describe('differences in business words', () => {
  it('a step that says for the first time what it asks for', () =>
    expect(told(files((all) => Object.assign(nodes(all)[0], { fields: { photo: 'required' } })))).toEqual([
      '步骤「维修」现在还要求“完工照片”',
    ]))

  it('a step asks for a field besides', () => {
    const before = files((all) => Object.assign(nodes(all)[0], { fields: { note: 'edit' } }))
    const after = files((all) => Object.assign(nodes(all)[0], { fields: { note: 'edit', photo: 'required' } }))
    expect(told(after, 'zh-CN', before)).toEqual(['步骤「维修」现在还要求“完工照片”'])
    expect(told(after, 'en', before)).toEqual(['Step "维修" now also requires "完工照片"'])
    expect(told(before, 'zh-CN', after)).toEqual(['步骤「维修」不再单独规定“完工照片”'])
  })

  it('a lookup shows another field of the linked record, by the name it has there', () => {
    const customer = {
      id: 'customer',
      kind: 'form',
      label: '客户',
      fields: [
        { id: 'note', type: 'text', label: '客户备注' },
        { id: 'level', type: 'text', label: '客户等级' },
      ],
    }
    const withLookup = (field: string) => ({
      ...files((all) =>
        fields(all).push(
          { id: 'customer', type: 'link', label: '客户', form: 'customer' },
          { id: 'shown', type: 'lookup', label: '客户信息', link: 'customer', field },
        ),
      ),
      'forms/customer.json': customer,
    })
    expect(told(withLookup('level'), 'zh-CN', withLookup('note'))).toEqual([
      '字段「客户信息」的“显示哪个字段”由“客户备注”改为“客户等级”',
    ])
  })

  it('what the portal says and offers', () => {
    const app = { id: 'demo', kind: 'app', label: '应用', portal: { title: '服务', forms: [] } }
    const before = { 'app.json': app, 'forms/ticket.json': form }
    const after = { ...before, 'app.json': { ...app, portal: { title: '服务中心', closed: true, forms: ['ticket'] } } }
    expect(told(after, 'zh-CN', before)).toEqual([
      '应用「应用」的“客户门户 › 标题”由“服务”改为“服务中心”',
      '应用「应用」的“客户门户 › 提供的表单”新增「工单」',
      '应用「应用」的“客户门户 › 已关闭”设为“是”',
    ])
  })

  it('what has no name of its own is told by what it is about; kept ids are not told', () => {
    const app = { id: 'demo', kind: 'app', label: '应用', roles: [{ id: 'agent', label: '客服' }] }
    const layout = [{ section: 'one', label: '基本', items: ['photo'] }]
    const access = [
      { id: 'agents', role: 'agent', can: ['read'] },
      { id: 'all', role: '*', can: ['read'] },
    ]
    const before = { 'app.json': app, 'forms/ticket.json': { ...form, layout, access } }
    const wider = [{ ...layout[0], items: ['photo', { field: 'note', span: 2 }] }]
    const after = {
      'app.json': { ...app, retired: ['forms/ticket/access/agents'] },
      'forms/ticket.json': { ...form, layout: wider, access: [] },
    }
    expect(told(after, 'zh-CN', before)).toEqual([
      '表单「工单」去掉了权限「客服」',
      '表单「工单」去掉了权限「所有成员」',
      '分组「基本」新增「备注」',
    ])
  })

  it.each<[string, Parameters<typeof files>[0], string, string]>([
    [
      'a limit',
      (all) => Object.assign(nodes(all)[0], { limit: { within: 'PT2H' } }),
      '步骤「维修」的“时限”由“4 小时”改为“2 小时”',
      'Step "维修": "Limit › Within" goes from "4 h" to "2 h"',
    ],
    [
      'another type of field',
      (all) => Object.assign(fields(all)[1] ?? {}, { type: 'number' }),
      '字段「备注」的“类型”由“单行文本”改为“数字”',
      'Field "备注": "Type" goes from "Text" to "Number"',
    ],
    [
      'another choice of a closed list',
      (all) => Object.assign(fields(all)[1] ?? {}, { pattern: 'digits' }),
      '字段「备注」的“格式”设为“仅数字”',
      'Field "备注": "Pattern" is set to "Digits only"',
    ],
    [
      'a new field',
      (all) => fields(all).push({ id: 'n', type: 'text', label: '新' }),
      '表单「工单」新增字段「新」',
      'Form "Ticket": new field "新"',
    ],
    [
      'a field taken away',
      (all) => fields(all).pop(),
      '表单「工单」去掉了字段「备注」',
      'Form "Ticket": field "备注" is taken away',
    ],
    [
      'another name',
      (all) => Object.assign(fields(all)[1] ?? {}, { label: '说明' }),
      '字段「备注」改名为“说明”',
      'Field "备注" is now called "说明"',
    ],
    [
      'a column',
      (all) => (all.form.views as [{ columns: string[] }])[0].columns.push('note'),
      '视图「全部」新增「备注」',
      'View "全部": new "备注"',
    ],
    [
      'another order',
      (all) => fields(all).reverse(),
      '表单「工单」的“字段”换了顺序',
      'Form "Ticket": "Fields" is in another order',
    ],
    [
      'a drawing: once, whatever was moved',
      (all) => {
        Object.assign(nodes(all)[1], { at: [5, 5] })
        Object.assign(nodes(all)[0], { at: [9, 9] })
      },
      '流程「处理流程」调整了画布布局',
      'Flow "处理流程" is drawn differently',
    ],
    [
      'an edge',
      (all) => (all.flow.edges as Doc[]).pop(),
      '流程「处理流程」去掉了连线「维修 → x」',
      'Flow "处理流程": edge "维修 → x" is taken away',
    ],
  ])('%s', (_, change, zh, en) => {
    expect(told(files(change))).toEqual([zh])
    expect(told(files(change), 'en')).toEqual([en])
  })

  it('whole files', () => {
    const { 'README.md': _, ...without } = files()
    expect(told({ ...without, 'flows/new.json': { ...flow, id: 'new', label: '新流程' } })).toEqual([
      '去掉「README.md」',
      '新增流程「新流程」',
    ])
  })

  it('nothing different says nothing', () => expect(told(files())).toEqual([]))

  it("a place in a text of another language than the reader's says which", () => {
    const all = files((one) => Object.assign(fields(one)[1] ?? {}, { label: { 'zh-CN': '备注', en: 'Note' } }))
    const properties = (locale: 'zh-CN' | 'en') =>
      ['zh-CN', 'en'].map(
        (language) =>
          placeTeller(all, documentKinds, locale).place(['forms/ticket.json', 'fields', 'note', 'label', language])
            .property,
      )
    expect(properties('zh-CN')).toEqual(['名称', '名称 › 英文'])
    expect(properties('en')).toEqual(['Label › Chinese', 'Label'])
  })

  it('what only the type before had is called as that one calls it', () => {
    const before = files((all) => Object.assign(fields(all)[1] ?? {}, { maxLength: 20 }))
    const after = files((all) => Object.assign(fields(all)[1] ?? {}, { type: 'number' }))
    expect(told(after, 'zh-CN', before).join()).not.toContain('maxLength')
    expect(told(after, 'zh-CN', before)).toHaveLength(2)
  })

  it('a text is told without its language, or by the name of the other one', () => {
    const of = (label: object) => files((all) => Object.assign(nodes(all)[0], { label }))
    const before = of({ 'zh-CN': '维修', en: 'Fix' })
    expect(told(of({ 'zh-CN': '修理', en: 'Fix' }), 'zh-CN', before)).toEqual(['步骤「维修」改名为“修理”'])
    expect(told(of({ 'zh-CN': '维修', en: 'Repair' }), 'zh-CN', before)).toEqual([
      '步骤「维修」的“名称 › 英文”由“Fix”改为“Repair”',
    ])
  })

  it('which of several targets, and of which policy, where two have a clock of that name', () => {
    const policy = (id: string, label: string, ...within: string[]) => ({
      id,
      kind: 'policy',
      label,
      form: 'ticket',
      clocks: [{ id: 'first', label: '首次响应', targets: within.map((time, at) => ({ id: `t${at}`, within: time })) }],
    })
    const before = { ...files(), 'policies/a.json': policy('a', '紧急', 'PT15M') }
    const alone = { ...files(), 'policies/a.json': policy('a', '紧急', 'PT30M') }
    expect(told(alone, 'zh-CN', before)).toEqual(['时钟「首次响应」的“目标 › 时限”由“15 分钟”改为“30 分钟”'])
    const two = (time: string) => ({ ...before, 'policies/b.json': policy('b', '标准', 'PT2H', time) })
    expect(told(two('PT8H'), 'zh-CN', two('PT4H'))).toEqual([
      '时效策略「标准」的时钟「首次响应」的“目标 2 › 时限”由“4 小时”改为“8 小时”',
    ])
    expect(told(two('PT8H'), 'en', two('PT4H'))).toEqual([
      'Clock "首次响应" of SLA policy "标准": "Targets 2 › Within" goes from "4 h" to "8 h"',
    ])
  })

  it('a place and what stands there, whatever its depth, without an id or a brace', () => {
    const teller = placeTeller(files(), documentKinds, 'zh-CN')
    const limit = ['flows/sop.json', 'nodes', 'repair', 'limit']
    expect(teller.place(limit)).toEqual({ where: '流程「处理流程」的步骤「维修」', property: '时限' })
    expect(teller.value({ within: 'PT4H', calendar: 'office' }, limit)).toBe('时限：4 小时；日历：office')
    expect(teller.value([{ id: 'photo', type: 'file', label: '完工照片' }], ['forms/ticket.json', 'fields'])).toBe(
      '完工照片',
    )
    expect(teller.value(['photo', 'note'], ['forms/ticket.json', 'views', 'all', 'columns'])).toBe('完工照片、备注')
    expect(teller.value(undefined, limit)).toBe('')
  })
})
