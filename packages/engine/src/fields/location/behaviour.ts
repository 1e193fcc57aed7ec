import { isObject } from '../../kernel/json.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { FieldValue } from '../../kernel/value-kind.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour, FieldProblem } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { halfWidth, isBlankInput, normaliseLine } from '../spelling.ts'
import { coordinates, placeText, printPlace, readPlace } from './place.ts'

const longestAddress = 300
const longest = 400

/** WGS-84 coordinates in the order of RFC 5870, then the address: `31.2304,121.4737 人民广场`; either may be absent. */
export const location: FieldBehaviour<'location'> = {
  name: 'location',
  title: { 'zh-CN': '位置', en: 'Location' },
  schema: fieldSchemas.location,
  traits: {
    holdsValue: true,
    entered: true,
    isPlace: true,
    multiple: false,
    sortable: false,
    aggregatable: false,
    searchable: true,
  },
  valueType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: longest }),
  normalise(raw) {
    if (isObject(raw)) return fromParts(raw)
    const line = normaliseLine(raw, longest)
    return !line.ok || line.value === null ? line : fromText(line.value)
  },
  toText(value) {
    const place = typeof value === 'string' ? readPlace(value) : undefined
    return place ? placeText(place) : ''
  },
  compare: byText,
  examples: [
    {
      field: { type: 'location', id: 'site', label: '服务地点' },
      raw: '３１.２３０４，121.4737 上海市黄浦区人民广场',
      value: '31.2304,121.4737 上海市黄浦区人民广场',
      text: '上海市黄浦区人民广场 (31.2304, 121.4737)',
    },
    {
      field: { type: 'location', id: 'depot', label: '仓库' },
      raw: { latitude: 22.5431, longitude: '114.0579' },
      value: '22.5431,114.0579',
      text: '22.5431, 114.0579',
    },
    {
      field: { type: 'location', id: 'address', label: '地址' },
      raw: ' 佛山市示例路 292 号 ',
      value: '佛山市示例路 292 号',
      text: '佛山市示例路 292 号',
    },
  ],
}

function fromText(line: string): Result<FieldValue, FieldProblem> {
  const place = readPlace(line)
  if (!place) return refuse('field.notPlace')
  if (place.address.length > longestAddress) return refuse('field.tooLong', { max: longestAddress })
  const text = printPlace(place)
  return ok(text === '' ? null : text)
}

const names = ['latitude', 'longitude', 'address']

/** As programs send it: `{ latitude, longitude, address }`. */
function fromParts(raw: { readonly [name: string]: unknown }): Result<FieldValue, FieldProblem> {
  const given = Object.keys(raw).filter((name) => !isBlankInput(raw[name]))
  if (Object.keys(raw).length === 0 || given.some((name) => !names.includes(name))) return refuse('field.notPlace')
  const address = normaliseLine(Object.hasOwn(raw, 'address') ? raw.address : null, longestAddress)
  if (!address.ok) return address
  const [latitude, longitude] = [degreesIn(raw, 'latitude'), degreesIn(raw, 'longitude')]
  if (latitude === null && longitude === null) return address.value === null ? ok(null) : fromText(address.value)
  const at = latitude == null || longitude == null ? undefined : coordinates(latitude, longitude)
  return at ? fromText(printPlace({ at, address: address.value ?? '' })) : refuse('field.notPlace')
}

/** Null: blank; undefined: no number. */
function degreesIn(raw: { readonly [name: string]: unknown }, name: string): number | null | undefined {
  const value = Object.hasOwn(raw, name) ? raw[name] : null
  if (isBlankInput(value)) return null
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? halfWidth(value) : ''
  return /^[-+]?\d{1,3}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined
}
