import { expect, test } from 'vitest'
import { facts, lookup, ticket } from '../conditions/fixture.ts'
import { checkTemplate, renderText } from './render.ts'

const record = {
  subject: '打印机 {{user.name}} 卡纸',
  price: '1234.50',
  due_on: '2026-03-02',
  reported_at: '2026-03-02T00:30:00.000Z',
  effort: 'PT90M',
  priority: 'high',
  tags: ['hw', 'net'],
  owner: 'u2',
  customer: 'c1',
  urgent: true,
}
const options = {
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  form: ticket,
  lookup,
  nameOf: (id: string) => (id === 'u2' ? '王芳' : undefined),
} as const
const say = (template: string, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  renderText(template, facts(record, { task: { label: '受理', at: '2026-03-02T00:30:00.000Z' } }), {
    ...options,
    locale,
  })

test.each([
  ['plain text', '没有 {占位} {{}} {{ 1+1 }}', '没有 {占位} {{}} {{ 1+1 }}'],
  ['data is never a template', '{{record.subject}}', '打印机 {{user.name}} 卡纸'],
  ['an option is said by its label', '{{record.priority}}/{{ record.priority | label }}', '高/高'],
  ['several options', '{{record.tags}}', '硬件、网络'],
  ['a person by name', '{{record.owner}}', '王芳'],
  ['a linked record by its title', '{{record.customer}}', '晨光机械'],
  ['a linked field', '{{record.customer.level}} {{record.customer.region.name}}', '重要客户 华东'],
  ['a fact of the task', '{{task.label}}', '受理'],
  ['the user', '{{user.name}}', '李伟'],
  [
    'unknown paths give nothing',
    '[{{record.nothing}}{{constructor.constructor}}{{record.__proto__}}{{task.toString}}]',
    '[]',
  ],
  ['an unknown formatter changes nothing', '{{record.priority | shout}}', '高'],
])('%s', (_, template, expected) => expect(say(template)).toBe(expected))

test('formatters', () => {
  expect(say('{{record.reported_at | date}}', 'en')).toBe('2 Mar 2026')
  expect(say('{{record.reported_at | dateTime}}', 'en')).toBe('2 Mar 2026, 08:30')
  expect(say('{{record.effort | duration}}', 'en')).toBe('1 h 30 min')
  expect(say('{{record.price | money}}')).toBe('¥1,234.50')
  expect(say('{{record.priority | upper}}', 'en')).toBe('HIGH')
})

test('an own toText is asked for every field', () => {
  expect(
    renderText('{{record.priority}}', facts(record), {
      ...options,
      toText: (_, field, value) => `${field.id}=${String(value)}`,
    }),
  ).toBe('priority=high')
})

test('check names unknown paths and formatters', () => {
  expect(
    checkTemplate(
      '{{record.subjekt}} {{subject}} {{usr.name}} {{record.due_on | dat}} {{record.customer.level}}',
      { form: ticket, lookup },
      '/email/body',
    ),
  ).toEqual([
    {
      code: 'message.unknownPath',
      path: '/email/body',
      details: { name: 'record.subjekt', from: 0, to: 18, suggestion: 'record.subject' },
    },
    {
      code: 'message.unknownPath',
      path: '/email/body',
      details: { name: 'subject', from: 19, to: 30, suggestion: 'record.subject' },
    },
    {
      code: 'message.unknownPath',
      path: '/email/body',
      details: { name: 'usr.name', from: 31, to: 43, suggestion: 'user' },
    },
    {
      code: 'message.unknownFormatter',
      path: '/email/body',
      details: { name: 'dat', from: 44, to: 67, suggestion: 'date' },
    },
  ])
})
