import { expect, test } from 'vitest'
import { calendarsOf } from '../calendars/calendars-of.ts'
import { buildApp } from '../definitions/build.ts'
import { parseInstant } from '../kernel/instant.ts'
import { rehearse, standingsOf } from './what-if.ts'

const answered = { fact: 'record', path: '$.answered', operator: 'isNotEmpty' }
const clock = (id: string, within: string) => ({
  id,
  label: id,
  stopWhen: answered,
  targets: [{ id: 'all', within }],
})
const head = { schemaVersion: 1, label: 'x' }

test('clocks that one change starts together are all rehearsed', () => {
  const built = buildApp(
    [
      {
        path: 'app.json',
        json: { id: 'desk', kind: 'app', version: '1.0.0', names: [], navigation: [], roles: [], ...head },
      },
      {
        path: 'forms/ticket.json',
        json: {
          id: 'ticket',
          kind: 'form',
          ...head,
          title: { formula: 'id' },
          fields: [{ id: 'answered', type: 'text', label: 'Answered' }],
        },
      },
      {
        path: 'policies/p.json',
        json: {
          id: 'p',
          kind: 'policy',
          ...head,
          form: 'ticket',
          clocks: [clock('response', 'PT1H'), clock('resolution', 'PT4H')],
        },
      },
    ],
    { version: 1 },
  )
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  const app = built.value
  const form = app.forms.get('ticket')
  if (!form) throw new Error('no form')
  const at = (text: string) => parseInstant(text) ?? 0
  const states = [
    { at: at('2026-03-02T08:00:00Z'), data: {} },
    { at: at('2026-03-02T10:00:00Z'), data: { answered: 'yes' } },
  ]
  const now = at('2026-03-02T12:00:00Z')
  const rows = rehearse({
    app,
    form,
    ref: { app: 'desk', form: 'ticket', id: 'r1' },
    states,
    now,
    facts: ({ data }) => ({ zone: 'UTC', record: { id: 'r1', ...data } }),
  })
  const standings = standingsOf(rows, now, calendarsOf(app))
  expect([...standings].map(([id, { result, elapsedMs }]) => [id, result, elapsedMs])).toEqual([
    ['response', 'breached', 7_200_000],
    ['resolution', 'met', 7_200_000],
  ])
})
