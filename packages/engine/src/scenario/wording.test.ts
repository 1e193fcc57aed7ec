import { expect, test } from 'vitest'
import { buildApp } from '../definitions/build.ts'
import type { ScenarioDefinition } from '../definitions/scenario.ts'
import { runScenario } from './run-scenario.ts'

const head = { schemaVersion: 1 }
const both = (zh: string, en: string) => ({ 'zh-CN': zh, en })

test('what does not hold is told in the words of the app: no ids, moments as the clock on the wall shows them', async () => {
  const built = buildApp(
    [
      {
        path: 'app.json',
        json: {
          ...head,
          id: 'desk',
          kind: 'app',
          label: '服务台',
          version: '1.0.0',
          zone: 'Asia/Shanghai',
          names: [],
          navigation: [],
          roles: [{ id: 'agent', label: '客服' }],
        },
      },
      {
        path: 'forms/ticket.json',
        json: {
          ...head,
          id: 'ticket',
          kind: 'form',
          label: '工单',
          title: { formula: 'subject' },
          fields: [
            { id: 'subject', type: 'text', label: both('主题', 'Subject') },
            {
              id: 'priority',
              type: 'select',
              label: both('优先级', 'Priority'),
              default: 'normal',
              options: [
                { id: 'urgent', label: both('紧急', 'Urgent') },
                { id: 'normal', label: both('一般', 'Normal') },
              ],
            },
            { id: 'handler', type: 'user', label: both('处理人', 'Handler') },
          ],
          access: [{ id: 'a', role: 'agent', can: ['read', 'create', 'update'] }],
        },
      },
      {
        path: 'policies/standard.json',
        json: {
          ...head,
          id: 'standard',
          kind: 'policy',
          label: '标准',
          form: 'ticket',
          clocks: [
            {
              id: 'first',
              label: both('首次响应', 'First response'),
              stopWhen: { fact: 'record', path: '$.handler', operator: 'isNotEmpty' },
              targets: [{ id: 'all', within: 'PT2H' }],
            },
          ],
        },
      },
      {
        path: 'messages/late.json',
        json: { ...head, id: 'late', kind: 'message', label: both('超时提醒', 'Late'), inbox: { title: 'x' } },
      },
    ],
    { version: 1 },
  )
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  const scenario = {
    ...head,
    id: 's',
    kind: 'scenario',
    label: 's',
    given: { now: '2026-03-02T09:00:00+08:00', people: [{ username: 'a', roles: ['agent'] }] },
    steps: [
      { do: 'record.create', by: 'a', form: 'ticket', values: { subject: '卡纸', handler: null } },
      { expect: { record: { values: { priority: 'urgent', handler: { user: 'a' } } } } },
      { expect: { clock: { id: 'first', state: 'running', due: '2026-03-02T09:15:00+08:00' } } },
      { expect: { sent: [{ channel: 'inbox', to: 'a', message: 'late' }] } },
    ],
  } as unknown as ScenarioDefinition
  const { failures } = await runScenario(built.value, scenario)
  expect(failures.map(({ step, message }) => [step, message['zh-CN']])).toEqual([
    [1, '优先级：期望 紧急，实际 一般'],
    [1, '处理人：期望 a，实际 空'],
    [2, '时钟“首次响应”的截止时间：期望 2026-03-02 09:15，实际 2026-03-02 11:00'],
    [3, '发给 a 的站内消息“超时提醒”：期望 至少 1，实际 0'],
  ])
  expect(failures.map(({ message }) => message.en)).toEqual([
    'Priority: expected Urgent, was Normal',
    'Handler: expected a, was nothing',
    'clock “First response”, due: expected 2026-03-02 09:15, was 2026-03-02 11:00',
    'inbox “Late” to a: expected 1 or more, was 0',
  ])
})
