import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalised, told } from '../sample-form.ts'
import type { Field } from '../schemas.ts'
import { readPlace } from './place.ts'

const field: Field = { type: 'location', id: 'site', label: '位置' }

test.each([
  ['31.23, 121.47', '31.23,121.47'],
  ['31.23，121.47', '31.23,121.47'],
  ['３１．２３　１２１．４７', '31.23,121.47'],
  ['31.23 121.47', '31.23,121.47'],
  ['geo:31.23,121.47', '31.23,121.47'],
  ['-33.8688, 151.2093 Sydney', '-33.8688,151.2093 Sydney'],
  ['31.23N, 121.47E', '31.23,121.47'],
  ['北纬31.23°，东经121.47°', '31.23,121.47'],
  ['31.23 N, 121.47 E', '31.23,121.47'],
  ['31.23,121.47 N Road', '31.23,121.47 N Road'],
  ['E121.47 N31.23', '31.23,121.47'],
  [`31°13'48"N 121°28'12"E`, '31.23,121.47'],
  ['31°13′48″, 121°28′12″', '31.23,121.47'],
  ['33.86S 151.2E', '-33.86,151.2'],
  // Only the other order is on Earth: as some Chinese maps copy it.
  ['121.47, 31.23', '31.23,121.47'],
  ['31.2304000, 121.47370049', '31.2304,121.4737'],
  ['-0.0000001, 0', '0,0'],
  ['上海市人民广场 (31.2304, 121.4737)', '31.2304,121.4737 上海市人民广场'],
  ['上海市人民广场（31.2304，121.4737）', '31.2304,121.4737 上海市人民广场'],
  ['31.2304, 121.4737, 上海市 （人民广场）', '31.2304,121.4737 上海市 （人民广场）'],
  ['佛山市示例路 292 号', '佛山市示例路 292 号'],
  ['12 34 号院', '12 34 号院'],
  ['12, Foo Street', '12, Foo Street'],
])('%s is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  [{ latitude: 31.23, longitude: 121.47, address: ' 人民广场 ' }, '31.23,121.47 人民广场'],
  [{ latitude: '31.23', longitude: '121.47' }, '31.23,121.47'],
  [{ address: '人民广场', latitude: null, longitude: null }, '人民广场'],
  [{ address: '', latitude: null }, null],
])('%j is %s', (raw, value) => expect(normalised(field, raw)).toBe(value))

test.each([
  '91, 181',
  '31.23, 181',
  '121.47, 131.23',
  '31.23,',
  '31.23',
  'geo:31.23,',
  'geo:,121.47 人民广场',
  'geo:abc,121.47',
  '31.23N, 121.47N',
  '31.23E, 91N',
  { latitude: 31.23 },
  { latitude: 31.23, longitude: 'far' },
  { latitude: 91, longitude: 0 },
  { lat: 31.23, lng: 121.47 },
  {},
])('%j is no place', (raw) => expect(normalised(field, raw)).toEqual({ code: 'field.notPlace' }))

test('an address longer than a label can hold is refused', () =>
  expect(normalised(field, `31,121 ${'长'.repeat(301)}`)).toEqual({ code: 'field.tooLong', details: { max: 300 } }))

test.each([
  ['31.2304,121.4737 人民广场', '人民广场 (31.2304, 121.4737)'],
  ['31.2304,121.4737', '31.2304, 121.4737'],
  ['人民广场', '人民广场'],
])('%s reads %s', (value, text) => expect(told(field, value)).toBe(text))

test('every place on Earth comes back from its text, whatever its address looks like', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('1, 2', '(3,4)', '北京 31.2N 5E', 'geo:1,2', ',', 'N'),
  )
  const raw = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    address: fc.tuple(part, part).map((both) => both.join(' ')),
  })
  fc.assert(
    fc.property(raw, (one) => {
      const value = normalised(field, one)
      if (typeof value !== 'string') return
      expect(normalised(field, value)).toBe(value)
      expect(normalised(field, told(field, value))).toBe(value)
      const { latitude = 0, longitude = 0 } = readPlace(value)?.at ?? {}
      expect(Math.abs(latitude - one.latitude)).toBeLessThan(1e-6)
      expect(Math.abs(longitude - one.longitude)).toBeLessThan(1e-6)
    }),
    { seed: 20_260_302, numRuns: 2000 },
  )
})
