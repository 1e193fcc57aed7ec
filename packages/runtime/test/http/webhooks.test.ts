import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import { Receiver } from '../../../../tests/support/receiver.ts'
import type {
  AppNeeds,
  AuditPage,
  EffectList,
  SecretList,
  Validation,
  VariableList,
  WebhookCallList,
} from '../../src/contract/index.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, tickets } from './desk.ts'
import { hurryJobs } from './hurry-jobs.ts'

const token = 'canary-8d1f0c52-token'
const signingKey = 'canary-55ab90-signing-key'

const rule = (id: string, prefix: string, then: object[]) => ({
  id,
  kind: 'rule',
  schemaVersion: 1,
  label: id,
  form: 'ticket',
  on: { events: ['created'] },
  if: { fact: 'record', path: '$.subject', operator: 'startsWith', value: prefix },
  then,
})

eachDatabase((database) => {
  let desk: Desk
  const receiver = new Receiver()
  const withWebhooks = (all: Documents) => {
    const { url } = receiver
    all['rules/tell.json'] = rule('tell', 'tell', [
      {
        id: 'erp',
        type: 'webhook',
        url: `${url}/tickets/{{record.number}}/{{record.subject}}?p={{record.priority}}`,
        method: 'PUT',
        headers: { 'X-Subject': 'about {{record.subject}}' },
        body: {
          id: { ref: '$.record.id' },
          priority: { ref: '$.record.priority' },
          twice: { formula: 'hours * 2' },
          hours: { ref: '$.record.hours' },
        },
        auth: { secret: 'erp_token', scheme: 'Bearer' },
        sign: 'erp_key',
      },
    ])
    all['rules/elsewhere.json'] = rule('elsewhere', 'elsewhere', [
      { id: 'out', type: 'webhook', url: `${url.replace('127.0.0.1', 'localhost')}/x`, sign: 'erp_key' },
    ])
    all['rules/bare.json'] = rule('bare', 'bare', [
      { id: 'out', type: 'webhook', url: `${url}/bare`, method: 'DELETE' },
    ])
    all['rules/metadata.json'] = rule('metadata', 'metadata', [
      { id: 'out', type: 'webhook', url: 'http://169.254.169.254/latest/{{record.subject}}' },
    ])
    all['app.json'] = {
      ...all['app.json'],
      variables: [
        { id: 'erp', label: 'ERP 地址', description: '不带末尾的斜杠' },
        { id: 'site', label: '站点', default: '上海' },
      ],
    }
    all['rules/home.json'] = rule('home', 'home', [
      {
        id: 'out',
        type: 'webhook',
        url: '{{env.erp}}/{{env.site}}/{{record.subject}}',
        body: { site: { ref: '$.env.site' } },
      },
    ])
    all['rules/unknown.json'] = rule('unknown', 'unknown', [
      { id: 'out', type: 'webhook', url: `${url}/unknown`, sign: 'nobody' },
    ])
    all['flows/handling.json'].nodes.splice(1, 0, {
      id: 'announce',
      type: 'serviceTask',
      label: '通知 ERP',
      actions: [{ id: 'out', type: 'webhook', url: `${url}/flow`, body: { subject: { ref: '$.record.subject' } } }],
    })
    all['flows/handling.json'].edges = [
      { id: 'e0', from: 'begin', to: 'announce' },
      { id: 'e1', from: 'announce', to: 'work' },
      { id: 'e2', from: 'work', to: 'end' },
    ]
  }
  beforeAll(async () => {
    await receiver.open()
    desk = await openDesk(database.url, { TENON_OUTBOUND_ALLOW: '127.0.0.1, localhost' }, withWebhooks)
    for (const [name, value] of [
      ['erp_token', token],
      ['erp_key', signingKey],
    ]) {
      const saved = await desk.admin.send('PUT', `/api/admin/secrets/desk/${name}`, {
        origin: `${receiver.url}/`.slice(0, -1),
        value,
      })
      expect(saved.statusCode).toBe(204)
    }
  })
  afterAll(async () => {
    await desk.close()
    await receiver.close()
  })

  const create = async (subject: string, more: object = {}) => {
    const answer = await desk.boss.send('POST', tickets, { values: { subject, ...more } })
    if (answer.statusCode !== 201) throw new Error(answer.body)
    return answer.json<{ id: string; values: { number: string } }>()
  }
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    for (let tries = 0; tries < 800; tries += 1) {
      if (await isSo()) return
      await wait(25)
    }
    throw new Error('it did not happen in time')
  }
  const calls = async () => (await desk.boss.send('GET', '/api/apps/desk/webhook-calls')).json<WebhookCallList>().items
  const effects = async () => (await desk.admin.send('GET', '/api/admin/effects')).json<EffectList>().items
  const hurry = () => hurryJobs(desk.app.ports.store)
  const dead = async (cause: string) => {
    await until(async () => {
      await hurry()
      return (await effects()).some(({ state, key }) => state === 'dead' && key === (call.get(cause) ?? ''))
    })
    return (await effects()).find(({ key }) => key === call.get(cause))
  }
  /** The effect of a rule that has been ordered last, by its timeline entry. */
  const call = new Map<string, string>()
  const ordered = async (rule: string, id: string) => {
    const { items } = (await desk.boss.send('GET', `${tickets}/${id}/timeline`)).json<{
      items: { type: string; cause: string | null; data: { call?: string } }[]
    }>()
    const entry = items.find(({ type }) => type === 'webhook.called')
    if (!entry?.data.call) throw new Error(JSON.stringify(items))
    call.set(rule, entry.data.call)
    return entry
  }

  test('a rule calls another system with what it names and nothing else: signed, with a stable id, values escaped', async () => {
    const { id, values } = await create('tell 中/../文?\r\nX-Evil: 1', {
      hours: 1.5,
      cost: '9.99',
    })
    await until(() => receiver.heard.length === 1)
    const [request] = receiver.heard.splice(0)
    expect(request).toMatchObject({
      method: 'PUT',
      url: `/tickets/${values.number}/tell%20%E4%B8%AD%2F..%2F%E6%96%87%3F%20X-Evil%3A%201?p=normal`,
      body: JSON.stringify({ id, priority: 'normal', twice: 3, hours: 1.5 }),
    })
    const headers = request?.headers ?? {}
    expect(headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-subject': 'about tell %E4%B8%AD/../%E6%96%87? X-Evil: 1',
    })
    expect(headers['x-evil']).toBeUndefined()
    const { call: key } = (await ordered('tell', id)).data
    expect([headers['idempotency-key'], headers['webhook-id']]).toEqual([key, key])
    const signed = `${key}.${headers['webhook-timestamp']}.${request?.body}`
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', signingKey).update(signed).digest('base64')}`)
    await until(async () => (await calls())[0]?.state === 'delivered')
    expect((await calls())[0]).toMatchObject({
      cause: 'rule:tell@1/erp',
      method: 'PUT',
      record: { form: 'ticket', id },
      status: 200,
      answer: 'thanks',
      error: null,
      attempts: 1,
    })
  })

  test('an address begins with a variable of this installation, set by an administrator and followed at once', async () => {
    const put = (name: string, value: string, by = desk.admin) =>
      by.send('PUT', `/api/admin/variables/desk/${name}`, { value })
    const variables = async () => (await desk.admin.send('GET', '/api/admin/variables')).json<VariableList>().items
    const unset = async () => {
      const { problems } = (
        await desk.admin.send('POST', '/api/design/apps/desk/validate', { draft: 'main' })
      ).json<Validation>()
      return problems.filter(({ code }) => code === 'variable.unset').map(({ path, severity }) => [path, severity])
    }
    expect(await unset()).toEqual([['/variables/0', 'warning']])
    const { id: lost } = await create('home/1')
    await ordered('home', lost)
    expect((await dead('home'))?.lastError).toContain('is no web address')
    await desk.admin.send('POST', '/api/admin/effects/drop', { key: call.get('home') })

    for (const by of [desk.boss, desk.guest]) expect((await put('erp', receiver.url, by)).statusCode).toBe(403)
    expect((await put('nothing', 'x')).statusCode).toBe(404)
    expect((await put('erp', 'a\nb')).statusCode).toBe(400)
    expect((await put('erp', `${receiver.url}/base/`)).statusCode).toBe(204)
    expect(await variables()).toMatchObject([
      { app: 'desk', name: 'erp', label: 'ERP 地址', description: '不带末尾的斜杠', value: `${receiver.url}/base/` },
      { name: 'site', default: '上海', value: null },
    ])
    expect(await unset()).toEqual([])
    receiver.heard.length = 0
    await create('home/2')
    await until(() => receiver.heard.some(({ url }) => url.endsWith('2')))
    expect(receiver.heard.find(({ url }) => url.endsWith('2'))).toMatchObject({
      url: '/base/%E4%B8%8A%E6%B5%B7/home%2F2',
      body: JSON.stringify({ site: '上海' }),
    })
    await put('site', '../北京?')
    await create('home/3')
    await until(() => receiver.heard.some(({ url }) => url.endsWith('3')))
    expect(receiver.heard.find(({ url }) => url.endsWith('3'))?.url).toBe('/base/..%2F%E5%8C%97%E4%BA%AC%3F/home%2F3')
    expect((await desk.admin.send('DELETE', '/api/admin/variables/desk/site')).statusCode).toBe(204)
    expect((await desk.admin.send('DELETE', '/api/admin/variables/desk/site')).statusCode).toBe(404)
    expect((await variables())[1]).toMatchObject({ value: null })
    const needs = (await desk.admin.send('GET', '/api/design/apps/desk/needs')).json<AppNeeds>()
    expect(needs.variables).toEqual([
      { name: 'erp', label: 'ERP 地址', set: true, value: `${receiver.url}/base/` },
      { name: 'site', label: '站点', set: true, value: '上海' },
    ])
    receiver.heard.length = 0
  })

  test('a service task of a flow calls too; an action without a body sends none', async () => {
    await create('flow with ERP')
    await create('bare')
    await until(() => receiver.heard.length === 2)
    const heard = receiver.heard.splice(0).sort((one, other) => (one.url < other.url ? -1 : 1))
    expect(heard.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['DELETE', '/bare', ''],
      ['POST', '/flow', JSON.stringify({ subject: 'flow with ERP' })],
    ])
    expect(heard[1]?.headers['idempotency-key']).toMatch(/^flow\/.+\/announce\/1\/0$/)
    expect(heard[0]?.headers['webhook-signature']).toBeUndefined()
  })

  test('a failure is tried again under the same id; after ten it is dead, seen with its reason, tried anew or dropped by an administrator', async () => {
    const answer = { status: 503, body: `no, ${token} and ${signingKey}\0 are mine` }
    receiver.answer = () => answer
    const { id } = await create('tell me')
    await ordered('tell', id)
    expect(await dead('tell')).toMatchObject({ type: 'webhook.call', attempts: 10, lastError: 'answered 503' })
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([call.get('tell')]))
    expect(receiver.heard.length).toBe(10)
    const kept = (await calls()).find(({ record }) => record?.id === id)
    expect(kept).toMatchObject({
      state: 'failed',
      status: 503,
      attempts: 10,
      answer: 'no, [erp_token] and [erp_key]  are mine',
    })
    for (const by of [desk.boss, desk.guest])
      for (const what of ['retry', 'drop'])
        expect((await by.send('POST', `/api/admin/effects/${what}`, { key: call.get('tell') })).statusCode).toBe(403)
    receiver.answer = () => ({ status: 204, body: '' })
    const retried = await desk.admin.send('POST', '/api/admin/effects/retry', { key: call.get('tell') })
    expect(retried.statusCode).toBe(204)
    await until(async () => (await calls()).find(({ record }) => record?.id === id)?.state === 'delivered')
    expect(receiver.heard.splice(0).length).toBe(11)

    receiver.answer = () => ({ status: 302, body: '', location: `${receiver.url}/bare` })
    const other = await create('bare again')
    await ordered('bare', other.id)
    expect(await dead('bare')).toMatchObject({ lastError: 'answered 302; redirects are not followed' })
    expect(new Set(receiver.heard.splice(0).map(({ url }) => url))).toEqual(new Set(['/bare']))
    receiver.answer = undefined
    const drop = () => desk.admin.send('POST', '/api/admin/effects/drop', { key: call.get('bare') })
    expect((await drop()).statusCode).toBe(204)
    expect((await drop()).statusCode).toBe(404)
    expect((await effects()).filter(({ type }) => type === 'webhook.call')).toEqual([])
    const { items } = (await desk.admin.send('GET', '/api/admin/audit')).json<AuditPage>()
    expect(items.slice(0, 2)).toMatchObject([
      { action: 'effect.dropped', about: `effect/${call.get('bare')}` },
      { action: 'effect.retried', about: `effect/${call.get('tell')}` },
    ])
  })

  test('nothing goes unsigned, to another origin with a secret, or inside the house; a metadata service hears nothing', async () => {
    const reasons = {
      unknown: 'there is no secret nobody for the app desk',
      elsewhere: `the secret erp_key is for ${receiver.url} only`,
      metadata: '169.254.169.254 is at 169.254.169.254, which is not called: an operator may allow it',
    }
    for (const name of Object.keys(reasons)) await ordered(name, (await create(`${name} ticket`)).id)
    for (const [name, lastError] of Object.entries(reasons)) {
      // What the guard refuses no further try can change.
      const attempts = name === 'metadata' ? { attempts: 1 } : {}
      expect(await dead(name)).toMatchObject({ lastError, ...attempts })
      await desk.admin.send('POST', '/api/admin/effects/drop', { key: call.get(name) })
    }
    expect(receiver.heard).toEqual([])
  })

  test('a secret is written and never read: not by who wrote it, nor in the calls, the trail, the audit or the tables', async () => {
    const { items } = (await desk.admin.send('GET', '/api/admin/secrets')).json<SecretList>()
    expect(items.map(({ app, name, origin }) => [app, name, origin])).toEqual([
      ['desk', 'erp_key', receiver.url],
      ['desk', 'erp_token', receiver.url],
    ])
    for (const by of [desk.boss, desk.li]) {
      expect((await by.send('GET', '/api/admin/secrets')).statusCode).toBe(403)
      const body = { origin: receiver.url, value: 'something else' }
      expect((await by.send('PUT', '/api/admin/secrets/desk/erp_key', body)).statusCode).toBe(403)
    }
    const { store } = desk.app.ports
    const tables = ['secrets', 'webhook_calls', 'events', 'idempotency', 'outbox_lanes', 'jobs', 'settings'] as const
    const kept = await Promise.all(tables.map((table) => store.read.selectFrom(table).selectAll().execute()))
    const shown = await Promise.all(
      ['/api/admin/secrets', '/api/admin/audit', '/api/admin/effects', '/api/apps/desk/webhook-calls'].map(
        async (url) => (await desk.admin.send('GET', url)).body,
      ),
    )
    const everything = JSON.stringify([kept, shown])
    expect(everything).toContain('erp_key')
    for (const secret of [token, signingKey]) expect(everything).not.toContain(secret)
    const calls = await desk.li.send('GET', '/api/apps/desk/webhook-calls')
    expect(calls.statusCode).toBe(403)

    // Moved to another origin in the table, it does not open.
    await store.transact(async (tx) => {
      await tx
        .updateTable('secrets')
        .set({ origin: receiver.url.replace('127.0.0.1', 'localhost') })
        .execute()
      return { ok: true, value: undefined }
    })
    const { id } = await create('elsewhere again')
    await ordered('elsewhere', id)
    expect(await dead('elsewhere')).toMatchObject({
      lastError: 'the secret erp_key cannot be opened here: store it again',
    })
    expect(receiver.heard).toEqual([])
    expect((await desk.admin.send('DELETE', '/api/admin/secrets/desk/erp_key')).statusCode).toBe(204)
    expect((await desk.admin.send('DELETE', '/api/admin/secrets/desk/erp_key')).statusCode).toBe(404)
  })

  test('an address with a placeholder for its host, or with a name and password, cannot be published', async () => {
    for (const url of [
      'http://{{record.subject}}/',
      'https://a:b@erp.example/',
      'ftp://erp.example/',
      'https://erp.example/a b',
    ])
      await expect(
        desk.publish((all) => {
          all['rules/bad.json'] = rule('bad', 'bad', [{ id: 'out', type: 'webhook', url }])
        }),
      ).rejects.toThrow('/then/0/url')
    for (const name of ['Host', 'content-length', 'Webhook-Signature', 'IDEMPOTENCY-KEY', 'x y', 'x:y'])
      await expect(
        desk.publish((all) => {
          const action = { id: 'out', type: 'webhook', url: 'https://erp.example/', headers: { [name]: 'x' } }
          all['rules/bad.json'] = rule('bad', 'bad', [action])
        }),
      ).rejects.toThrow('/then/0/headers')
  })
})
