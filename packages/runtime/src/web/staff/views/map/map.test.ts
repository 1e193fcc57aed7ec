import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cornersOf } from './corners.ts'
import { type Pin, spotsOf } from './pins.ts'

const pin = (id: string, latitude: number, longitude: number, tone: Pin['tone'] = 'info'): Pin => ({
  id,
  title: id,
  at: { latitude, longitude },
  tone,
})
const world: [number, number, number, number] = [-180, -85, 180, 85]

test('records close to each other are one spot that says how many and parts by looking closer', () => {
  const spots = spotsOf([pin('a', 31.23, 121.47), pin('b', 31.24, 121.48), pin('c', 22.54, 114.06, 'danger')])
  const far = [...spots(world, 4)].sort((one, other) => other.count - one.count)
  expect(far.map(({ count, tone, title }) => [count, tone, title])).toEqual([
    [2, 'info', ''],
    [1, 'danger', 'c'],
  ])
  expect([...(far[0]?.ids() ?? [])].sort()).toEqual(['a', 'b'])
  const zoom = far[0]?.partsAt() ?? 0
  expect(zoom).toBeGreaterThan(4)
  expect(spots(world, zoom)).toHaveLength(3)
  expect(spots([113, 22, 115, 23], zoom).map(({ title }) => title)).toEqual(['c'])
})

test('records of one spot never part; several colours are none', () => {
  const [spot, ...more] = spotsOf([pin('a', 31.23, 121.47), pin('b', 31.23, 121.47, 'danger')])(world, 16)
  expect([spot?.count, spot?.tone, spot?.partsAt(), more]).toEqual([2, undefined, undefined, []])
})

test('the outlines are whole: every province, inside their frame', () => {
  const text = readFileSync(join(import.meta.dirname, 'china.json'), 'utf8')
  const { regions } = JSON.parse(text) as { regions: { zh: string; en: string; rings: string[] }[] }
  expect(regions).toHaveLength(35)
  expect(regions.map(({ zh }) => zh)).toEqual(
    expect.arrayContaining(['台湾', '香港', '澳门', '南海诸岛', '新疆', '西藏']),
  )
  for (const { zh, rings } of regions)
    for (const ring of rings) {
      const corners = cornersOf(ring)
      expect([zh, corners.length > 2]).toEqual([zh, true])
      for (const [latitude, longitude] of corners) {
        expect(latitude > 17 && latitude < 54).toBe(true)
        expect(longitude > 73 && longitude < 136).toBe(true)
      }
    }
})
