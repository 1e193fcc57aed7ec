import type { Facts, RecordFacts } from '../facts.ts'
import { formModel } from '../forms/form-model.ts'
import type { FormLookup, FormModel } from '../model.ts'

/** Forms and facts that the tests of conditions, formulas and messages share. */
const head = { kind: 'form', schemaVersion: 1, title: { formula: 'id' } } as const
const app = { id: 'demo', currency: 'CNY' }

export const region = formModel(
  { ...head, id: 'region', label: '大区', fields: [{ type: 'text', id: 'name', label: '名称' }] },
  { id: 'crm', currency: 'CNY' },
)
const customer = formModel(
  {
    ...head,
    id: 'customer',
    label: '客户',
    fields: [
      { type: 'text', id: 'name', label: '名称' },
      {
        type: 'select',
        id: 'level',
        label: '等级',
        options: [
          { id: 'vip', label: '重要客户' },
          { id: 'normal', label: '普通客户' },
        ],
      },
      { type: 'money', id: 'turnover', label: '累计金额' },
      { type: 'date', id: 'since', label: '合作起始' },
      { type: 'link', id: 'region', label: '大区', form: 'crm/region' },
    ],
  },
  app,
)
export const ticket = formModel(
  {
    ...head,
    id: 'ticket',
    label: '工单',
    stages: [
      { id: 'new', label: '新建', category: 'new' },
      { id: 'closed', label: '已关闭', category: 'closed' },
    ],
    fields: [
      { type: 'text', id: 'subject', label: '主题' },
      { type: 'number', id: 'quantity', label: '数量' },
      { type: 'number', id: 'hours', label: '工时数', scale: 2 },
      { type: 'money', id: 'price', label: '单价' },
      { type: 'boolean', id: 'urgent', label: '加急' },
      { type: 'date', id: 'due_on', label: '截止日期' },
      { type: 'dateTime', id: 'reported_at', label: '报修时间' },
      { type: 'duration', id: 'effort', label: '工时' },
      {
        type: 'select',
        id: 'priority',
        label: '优先级',
        options: [
          { id: 'high', label: { 'zh-CN': '高', en: 'High' } },
          { id: 'low', label: { 'zh-CN': '低', en: 'Low' } },
        ],
      },
      {
        type: 'multiSelect',
        id: 'tags',
        label: '标签',
        options: [
          { id: 'hw', label: '硬件' },
          { id: 'sw', label: '软件' },
          { id: 'net', label: '网络' },
        ],
      },
      { type: 'user', id: 'owner', label: '负责人' },
      { type: 'link', id: 'customer', label: '客户', form: 'customer' },
      { type: 'stage', id: 'stage', label: '阶段' },
    ],
  },
  app,
)

const forms: ReadonlyMap<string, FormModel> = new Map([
  ['ticket', ticket],
  ['customer', customer],
  ['crm/region', region],
])
export const lookup: FormLookup = (name) => forms.get(name)

const linkedRecords: ReadonlyMap<string, RecordFacts> = new Map([
  [
    'customer/c1',
    {
      id: 'c1',
      title: '晨光机械',
      name: '晨光机械',
      level: 'vip',
      turnover: '120000.50',
      since: '2019-06-01',
      region: 'r1',
    },
  ],
  ['crm/region/r1', { id: 'r1', name: '华东' }],
])

/** 2026-03-02 16:00 in Shanghai. */
const now = 1_772_438_400_000
const user = {
  id: 'u1',
  username: 'li',
  name: '李伟',
  department: 'd1',
  superior: 'u9',
  departments: ['d1', 'd2'],
  roles: ['agent'],
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
} as const
export const facts = (record: RecordFacts, more: Partial<Facts> = {}): Facts => ({
  now,
  zone: 'Asia/Shanghai',
  record,
  user,
  linked: (form, id) => linkedRecords.get(`${form}/${id}`),
  ...more,
})
