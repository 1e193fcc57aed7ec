import { readPlace } from '@tenon/engine'
import type { AppView, RecordPage, RecordView } from '@tenon/runtime/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachDatabase } from '../../../../tests/support/database.ts'
import type { Documents } from '../store/newborn.ts'
import { type Desk, openDesk, wireFiles } from './desk.ts'

const customers = '/api/apps/desk/forms/customer'
const where = (operator: string, value?: string) =>
  encodeURIComponent(JSON.stringify({ fact: 'record', path: '$.site', operator, ...(value ? { value } : {}) }))

function withPlaces(files: Documents, type: 'text' | 'location'): void {
  const form = files['forms/customer.json']
  form.fields.push(
    { id: 'site', type: 'location', label: '服务地点' },
    { id: 'home', type: 'location', label: '住址' },
    { id: 'spot', type, label: '旧地点' },
  )
  form.views = [
    { id: 'sites', type: 'map', label: '地图', place: 'site', tone: 'level' },
    { id: 'homes', type: 'map', label: '住址', place: 'home' },
  ]
  form.access = [
    { id: 'boss', role: 'manager', can: ['read', 'create', 'update', 'import', 'export'] },
    {
      id: 'vips',
      role: 'agent',
      can: ['read'],
      fields: { home: 'hidden' },
      rows: { fact: 'record', path: '$.level', operator: 'equal', value: 'vip' },
    },
  ]
}

eachDatabase((database) => {
  let desk: Desk
  beforeAll(async () => {
    desk = await openDesk(database.url, {}, (files) => withPlaces(files, 'text'))
    for (const [name, level, site] of [
      ['上海店', 'vip', '31.23, 121.47 人民广场'],
      ['深圳店', 'normal', { latitude: 22.5431, longitude: 114.0579, address: '福田区' }],
      ['杭州店', 'vip', '西湖区'],
      ['未知店', 'vip', null],
    ]) {
      const answer = await desk.boss.send('POST', `${customers}/records`, {
        values: { name, level, site, home: '39.9, 116.4 东城区' },
      })
      expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)])
    }
  })
  afterAll(() => desk.close())

  const page = async (who: 'boss' | 'li', query: string) => {
    const answer = await desk[who].send('GET', `${customers}/records?sort=created_at&${query}`)
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)])
    return answer.json<RecordPage>()
  }
  const sites = async (who: 'boss' | 'li', query: string) =>
    (await page(who, `fields=name,site&${query}`)).items.map(({ values }) => values.site)

  test('a place is written as text or as parts, and always read as the same text', async () => {
    expect(await sites('boss', `where=${where('isNotEmpty')}`)).toEqual([
      '31.23,121.47 人民广场',
      '22.5431,114.0579 福田区',
      '西湖区',
    ])
    const refused = await desk.boss.send('POST', `${customers}/records`, { values: { name: '无', site: '95, 200' } })
    expect([refused.statusCode, refused.json<{ errors: object[] }>().errors]).toMatchObject([
      422,
      [{ code: 'field.notPlace', path: '/site' }],
    ])
  })

  test('conditions and search know a place by its address', async () => {
    expect(await sites('boss', `where=${where('contains', '福田')}`)).toEqual(['22.5431,114.0579 福田区'])
    expect((await page('boss', `where=${where('isEmpty')}`)).total).toBe(1)
    expect(await sites('boss', `q=${encodeURIComponent('西湖')}`)).toEqual(['西湖区'])
  })

  test('a map answers with what it is drawn by, of the records I may see; without its field there is no map', async () => {
    const { items, total } = await page('li', `view=sites&where=${where('isNotEmpty')}`)
    expect([total, items.map(({ values }) => values)]).toEqual([
      2,
      [
        { level: 'vip', site: '31.23,121.47 人民广场' },
        { level: 'vip', site: '西湖区' },
      ],
    ])
    const form = (await desk.li.send('GET', '/api/apps/desk')).json<AppView>().forms.find(({ id }) => id === 'customer')
    expect(form?.definition.views?.map(({ id }) => id)).toEqual(['sites'])
    expect((await desk.li.send('GET', `${customers}/records?q=${encodeURIComponent('东城')}`)).json()).toMatchObject({
      total: 0,
    })
  })

  test('what is exported can be imported again', async () => {
    const exported = await desk.boss.send('GET', `${customers}/export?fields=name,site&where=${where('isNotEmpty')}`)
    expect(exported.body).toContain('上海店,"人民广场 (31.23, 121.47)"')
    const mapping = {
      key: 'name',
      onMatch: 'update',
      fields: ['name', 'site'].map((field, at) => ({ field, column: headings(exported.body)[at] })),
    }
    const part = (name: string, text: string) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
    const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`
    const renamed = exported.body.replaceAll('店,', '新店,')
    const started = await desk.boss.send(
      'POST',
      `${customers}/import`,
      Buffer.from(`${part('mapping', JSON.stringify(mapping))}${part('mode', 'all')}${file}${renamed}\r\n--b--\r\n`),
      { 'content-type': 'multipart/form-data; boundary=b' },
    )
    expect([started.statusCode, started.body]).toEqual([202, expect.any(String)])
    const job = started.json<{ id: string }>().id
    await expect
      .poll(async () => (await desk.boss.send('GET', `/api/jobs/${job}`)).json<{ state: string }>().state)
      .toBe('done')
    const name = encodeURIComponent(
      JSON.stringify({ fact: 'record', path: '$.name', operator: 'contains', value: '新店' }),
    )
    expect((await page('boss', `fields=site&where=${name}`)).items.map(({ values }) => values.site).sort()).toEqual([
      '22.5431,114.0579 福田区',
      '31.23,121.47 人民广场',
      '西湖区',
    ])
  })

  test('a text field becomes a location with what was written in it', async () => {
    const before = '31.23，121.47 人民广场'
    const made = await desk.boss.send('POST', `${customers}/records`, { values: { name: '旧店', spot: before } })
    const { id, values } = made.json<RecordView>()
    expect(values.spot).toBe(before)
    // The place is written otherwise than it was entered, so that is agreed to.
    const published = await desk.admin.send('POST', '/api/design/apps/desk/publish', {
      files: wireFiles((files) => withPlaces(files, 'location')),
      confirm: ['fieldConverted:customer.spot'],
    })
    expect(published.statusCode, published.body).toBe(200)
    const read = async () => (await desk.boss.send('GET', `${customers}/records/${id}`)).json<RecordView>()
    expect(readPlace(String((await read()).values.spot))).toEqual({
      at: { latitude: 31.23, longitude: 121.47 },
      address: '人民广场',
    })
    await desk.boss.send('PATCH', `${customers}/records/${id}`, {
      values: { spot: before },
      version: (await read()).version,
    })
    expect((await read()).values.spot).toBe('31.23,121.47 人民广场')
  })
})
const headings = (csv: string) => csv.replace('\ufeff', '').split('\r\n')[0]?.split(',') ?? []
