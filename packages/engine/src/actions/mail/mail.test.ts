import { expect, test } from 'vitest'
import { Desk, deskApp } from '../../../test/desk.ts'

const desk = () =>
  new Desk(
    deskApp((files) => {
      for (const form of ['ticket', 'customer'])
        (files[`forms/${form}.json`] as { fields: object[] }).fields.push({ id: 'mail', type: 'email', label: 'mail' })
      files['messages/ask.json'] = {
        id: 'ask',
        kind: 'message',
        schemaVersion: 1,
        label: 'ask',
        form: 'ticket',
        inbox: { title: 'not for the outside' },
        email: {
          subject: { 'zh-CN': '请补充 {{record.subject}}', en: 'More about {{record.subject}}' },
          body: '{{record.customer}}',
        },
      }
      files['rules/ask.json'] = {
        id: 'ask',
        kind: 'rule',
        schemaVersion: 1,
        label: 'ask',
        form: 'ticket',
        on: { events: ['created'] },
        then: [{ id: 'one', type: 'mail', to: ['mail', 'customer.mail'], message: 'ask' }],
      }
    }),
  )
const mails = ({ play }: Desk) =>
  play.world.state.effects.map(({ effect }) =>
    effect.type === 'mail.send' ? [effect.to, effect.subject] : effect.type,
  )

test('a mail goes to the first address there is, of the record or of what it links to', async () => {
  const at = desk()
  const customer = await at.make('customer', { name: 'school', mail: 'it@school.example' })
  const linked = await at.make('ticket', { subject: 'one', customer: customer.id })
  await at.make('ticket', { subject: 'two', customer: customer.id, mail: 'ann@school.example' })
  expect(mails(at)).toEqual([
    ['it@school.example', '请补充 one'],
    ['ann@school.example', '请补充 two'],
  ])
  // The field, not the address: who may not read the one does not read the other in the trail.
  expect(at.trail(linked).find(({ type }) => type === 'message.mailed')?.data).toEqual({
    field: 'customer.mail',
    message: 'ask',
  })
  expect(at.play.world.state.notifications).toEqual([])
})

test('where there is no address nothing is sent', async () => {
  const at = desk()
  const row = await at.make('ticket', { subject: 'one' })
  expect(mails(at)).toEqual([])
  expect(at.trail(row).map(({ type }) => type)).not.toContain('message.mailed')
})
