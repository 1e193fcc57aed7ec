import { afterAll, beforeAll, expect, test } from 'vitest'
import { covers } from '../../../../tests/support/covers.ts'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { type Desk, openDesk } from './desk.ts'

covers('app.portal.title', 'app.portal.intro', 'app.portal.contact', 'app.portal.forms', 'app.portal.closed')

type Change = NonNullable<Parameters<typeof openDesk>[2]>
const portal = {
  title: { 'zh-CN': '服务中心', en: 'Service centre' },
  intro: '请在这里报修',
  contact: '400-800-0000',
  forms: ['ticket', 'customer'],
}
const open =
  (change: Change = () => {}): Change =>
  (files) => {
    files['forms/ticket.json'].publicForm = { fields: ['subject'], title: '报修', intro: '请写明故障' }
    files['forms/customer.json'].fields.push({ id: 'remark', type: 'text', label: '备注' })
    files['forms/customer.json'].fields[0].required = false
    files['forms/customer.json'].publicForm = { fields: ['remark'] }
    files['app.json'].portal = structuredClone(portal)
    change(files)
  }

eachDatabase((database) => {
  let desk: Desk
  const links = '/api/design/apps/desk/public-links'
  const make = async (form: string) => {
    const answer = await desk.admin.send('PUT', `${links}/${form}`, {})
    return answer.json<{ items: { form: string; token: string }[] }>().items.find((one) => one.form === form)!.token
  }
  const look = (app = 'desk') => desk.inject({ method: 'GET', url: `/api/portal/${app}` })
  const formsOf = async () => (await look()).json<{ forms: { title: unknown; token: string }[] }>().forms
  const isPublished = async () => (await desk.admin.send('GET', links)).json<{ portal: boolean }>().portal

  beforeAll(async () => {
    desk = await openDesk(database.url, {}, open())
  })
  afterAll(() => desk.close())

  test('strangers are told what is open to them, in the order of the author, and nothing else', async () => {
    // Without a link nobody outside can use a form, so it is not told.
    expect(await formsOf()).toEqual([])
    const [customer, ticket] = [await make('customer'), await make('ticket')]
    const answer = await look()
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    const label = (await desk.admin.send('GET', '/api/design/apps/desk')).json<{
      files: { path: string; text: string }[]
    }>()
    const { label: called } = JSON.parse(label.files.find(({ path }) => path === 'forms/customer.json')!.text)
    const { forms: _, ...texts } = portal
    expect(answer.json()).toEqual({
      ...texts,
      locales: expect.any(Array),
      tracking: null,
      zone: 'Asia/Shanghai',
      forms: [
        { title: '报修', intro: '请写明故障', token: ticket },
        { title: called, intro: null, token: customer },
      ],
    })
    await desk.publish(open((files) => files['app.json'].portal.forms.reverse()))
    expect((await formsOf()).map(({ token }) => token)).toEqual([customer, ticket])
    // The links lead where they say.
    expect((await desk.inject({ method: 'GET', url: `/api/public/${ticket}` })).json()).toMatchObject({ title: '报修' })
    // A form that is closed again, or whose link is gone, is told no more; nor one that the portal does not name.
    await desk.publish(open((files) => delete files['forms/customer.json'].publicForm))
    expect((await formsOf()).map(({ token }) => token)).toEqual([ticket])
    await desk.publish(open((files) => (files['app.json'].portal.forms = ['customer'])))
    expect((await formsOf()).map(({ token }) => token)).toEqual([customer])
    await desk.admin.send('DELETE', `${links}/customer`)
    expect(await formsOf()).toEqual([])
  })

  test('texts that are absent: the name of the app, and nothing', async () => {
    await desk.publish(open((files) => (files['app.json'].portal = { forms: [] })))
    const { label } = (await desk.admin.send('GET', '/api/apps/desk')).json<{ label: unknown }>()
    expect((await look()).json()).toMatchObject({ title: label, intro: null, contact: null, forms: [] })
  })

  test('closed, never there, only drafted, no such app, no name of an app at all: one answer', async () => {
    await desk.publish(open((files) => (files['app.json'].portal.closed = true)))
    const closed = await look()
    expect(closed.statusCode).toBe(404)
    expect(await isPublished()).toBe(false)
    await desk.publish(open((files) => delete files['app.json'].portal))
    const bodyOf = ({ body }: { body: string }, app: string) =>
      body.replaceAll(app, '').replace(/"(request|id)":"[^"]*"/, '')
    for (const app of [
      'desk',
      'nobody',
      'Desk',
      'x'.repeat(100),
      'desk%2F..%2Fdesk',
      "'%20or%201=1",
      '__proto__',
      'constructor',
    ]) {
      const answer = await look(app)
      expect([app, answer.statusCode, bodyOf(answer, app)]).toEqual([app, 404, bodyOf(closed, 'desk')])
    }
    await desk.publish(open())
    expect((await look()).statusCode).toBe(200)
    expect(await isPublished()).toBe(true)
  })

  test('whoever is signed in reads the same, and nobody writes', async () => {
    expect((await desk.boss.send('GET', '/api/portal/desk')).json()).toEqual((await look()).json())
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      expect((await desk.inject({ method, url: '/api/portal/desk' })).statusCode).toBe(404)
  })
})
