import type { View } from '@tenon/engine'
import type { AppView, RecordPage, SavedView } from '@tenon/runtime/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk, tickets } from './desk.ts'

const label = '视图'
const views: readonly View[] = [
  { id: 'all', type: 'table', label, columns: ['number', 'subject', 'cost'] },
  { id: 'lanes', type: 'kanban', label, by: 'priority', columns: ['cost', 'handler'] },
  { id: 'secret', type: 'kanban', label, by: 'bill' },
  { id: 'plan', type: 'gantt', label, start: 'due', end: 'due', group: 'bill', tone: 'priority', sort: ['cost'] },
  { id: 'days', type: 'calendar', label, start: 'due' },
]

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, (files) => {
      const form = files['forms/ticket.json']
      form.fields.push({ id: 'bill', type: 'select', label: '账单', options: [{ id: 'open', label: '未付' }] })
      form.access[0].fields.bill = 'hidden'
      form.access[0].rows = { fact: 'record', path: '$.handler', operator: 'equal', value: { ref: '$.user.id' } }
      form.access[0].can = ['read', 'update', 'comment']
      form.views = views
    })
    const day = (date: number) => `2026-03-${String(date).padStart(2, '0')}T01:00:00.000Z`
    for (let at = 1; at <= 12; at += 1) {
      const values = {
        subject: `ticket ${at}`,
        priority: at % 3 === 0 ? 'urgent' : 'normal',
        bill: 'open',
        ...(at <= 6 ? { handler: desk.ids.li } : {}),
        ...(at % 4 === 0 ? {} : { due: day(at) }),
      }
      expect((await desk.boss.send('POST', tickets, { values })).statusCode).toBe(201)
    }
  })
  afterAll(() => desk.close())

  const list = async (who: keyof Desk & ('boss' | 'li'), query: { where?: object; view?: string; size?: number }) => {
    const words = new URLSearchParams({
      ...(query.where ? { where: JSON.stringify(query.where) } : {}),
      ...(query.view ? { view: query.view } : {}),
      size: String(query.size ?? 50),
    })
    const answer = await desk[who].send('GET', `${tickets}?${words}`)
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
    return answer.json<RecordPage>()
  }
  const lane = (priority: string) => ({ fact: 'record', path: '$.priority', operator: 'equal', value: priority })

  describe('views', () => {
    test('a view is there without the fields hidden from me, or not at all where it cannot be drawn', async () => {
      const seen = async (who: 'boss' | 'li') =>
        (await desk[who].send('GET', '/api/apps/desk')).json<AppView>().forms.find(({ id }) => id === 'ticket')
          ?.definition.views
      expect(await seen('boss')).toEqual(views)
      expect(await seen('li')).toEqual([
        { id: 'all', type: 'table', label, columns: ['number', 'subject'] },
        { id: 'lanes', type: 'kanban', label, by: 'priority', columns: ['handler'] },
        { id: 'plan', type: 'gantt', label, start: 'due', end: 'due', tone: 'priority', sort: [] },
        { id: 'days', type: 'calendar', label, start: 'due' },
      ])
    })

    test('a lane is the ordinary list, narrowed: exact counts of what I may see, a page at a time', async () => {
      expect((await list('boss', { view: 'lanes', where: lane('urgent'), size: 2 })).total).toBe(4)
      const mine = await list('li', { view: 'lanes', where: lane('urgent'), size: 1 })
      expect([mine.total, mine.items.length, typeof mine.nextCursor]).toEqual([2, 1, 'string'])
      // A view without columns of its own answers with what it is drawn by.
      expect(
        Object.keys((await list('boss', { view: 'days' })).items.find(({ values }) => values.due)?.values ?? {}),
      ).toEqual(['due'])
      expect(mine.items[0]?.values).not.toHaveProperty('cost')
    })

    test('by a field that is hidden from me there is no lane, as by one that is not there', async () => {
      const by = (field: string) =>
        `${tickets}?where=${encodeURIComponent(JSON.stringify({ fact: 'record', path: `$.${field}`, operator: 'equal', value: 'open' }))}`
      const [hidden, absent] = [await desk.li.send('GET', by('bill')), await desk.li.send('GET', by('nope'))]
      expect(hidden.statusCode).toBe(absent.statusCode)
      expect(hidden.body.replaceAll('bill', 'nope')).toBe(absent.body)
    })

    test('days and those without a date make up the whole', async () => {
      const from = {
        fact: 'record',
        path: '$.due',
        operator: 'greaterThanInclusive',
        value: '2026-03-01T00:00:00.000Z',
      }
      const until = { fact: 'record', path: '$.due', operator: 'lessThan', value: '2026-03-08T00:00:00.000Z' }
      const week = await list('boss', { view: 'days', where: { all: [from, until] } })
      const later = await list('boss', { view: 'days', where: { not: { any: [until] } } })
      const none = await list('boss', { view: 'days', where: { fact: 'record', path: '$.due', operator: 'isEmpty' } })
      expect([week.total, none.total, (later.total ?? 0) + (week.total ?? 0)]).toEqual([6, 3, 12])
    })

    test('moving a card is an update like any other: refused where I may not, or came too late', async () => {
      const [item] = (await list('li', { view: 'lanes', where: lane('normal') })).items
      const move = (values: object, version = item?.version) =>
        desk.li.send('PATCH', `${tickets}/${item?.id}`, { values, version })
      expect((await move({ stage: 'done' })).statusCode).toBe(422)
      expect((await move({ bill: 'open' })).statusCode).toBe(422)
      expect((await move({ priority: 'urgent' })).statusCode).toBe(200)
      expect((await move({ priority: 'normal' })).statusCode).toBe(409)
      expect((await list('li', { view: 'lanes', where: lane('urgent') })).total).toBe(3)
    })

    test('a view of my own remembers what it is drawn as', async () => {
      const path = '/api/apps/desk/forms/ticket/views'
      const saved = await desk.boss.send('POST', path, { name: '我的看板', columns: ['number'], as: 'lanes' })
      expect(saved.json<SavedView>().as).toBe('lanes')
      expect((await desk.boss.send('GET', path)).json<{ items: SavedView[] }>().items).toEqual([
        expect.objectContaining({ name: '我的看板', as: 'lanes' }),
      ])
    })
  })
})
