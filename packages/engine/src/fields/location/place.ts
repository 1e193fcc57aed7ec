/** A place: WGS-84 degrees, and the address people call it by. */
export type Place = {
  /** Undefined: only the address is known, so it stands on no map. */
  readonly at: Coordinates | undefined
  /** '' where only the coordinates are known. */
  readonly address: string
}
export type Coordinates = { readonly latitude: number; readonly longitude: number }

const degrees = String.raw`[-+]?\d{1,3}(?:\.\d{1,15})?`
const minutes = String.raw`(?:\s*(\d{1,2}(?:\.\d{1,15})?)\s*['′分](?:\s*(\d{1,2}(?:\.\d{1,15})?)\s*(?:["″秒]|'')?)?)?`
const angle = String.raw`([NSEW]|[北南]纬|[东西]经)?\s*(${degrees})(?:\s*[°度]${minutes})?\s*([NSEW](?![A-Z]))?`
const pair = String.raw`${angle}(\s*[,;、]\s*|\s+)${angle}`
const parts = 5
/** As we write it ourselves. What follows is an address even where it begins like a compass: `31,121 N Road`. */
const canonical = /^(?:geo:)?(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)(?: (.*))?$/
const leading = new RegExp(String.raw`^(geo:\s*)?${pair}(?=$|[\s,;])`, 'i')
const trailing = new RegExp(String.raw`^(.*?)\s*\(\s*${pair}\s*\)$`, 'i')
const half = new RegExp(String.raw`^(?:geo:.*|${angle}\s*[,;、]?)$`, 'i')

/** Full-width signs as ASCII, one for one, so that a place found in it is the same place in the original. */
const narrow = (text: string): string =>
  text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[−–\u3000]/g, (sign) => (sign === '\u3000' ? ' ' : '-'))
const withoutLead = (text: string): string => text.replace(/^[\s,，;；、]+/, '').trim()

/**
 * The place a line of text names: coordinates first (`31.23, 121.47 人民广场`, `geo:31.23,121.47`) or behind the address
 * in brackets; as decimals or degrees, minutes, seconds; without a letter of the compass latitude comes first, unless
 * only the other order is on Earth. Anything else is an address. Undefined: coordinates that are none.
 */
export function readPlace(line: string): Place | undefined {
  const text = withoutLead(line)
  const ours = canonical.exec(text)
  const known = ours && coordinates(Number(ours[1]), Number(ours[2]))
  if (known) return { at: known, address: withoutLead(ours[3] ?? '') }
  const plain = narrow(text)
  const first = leading.exec(plain)
  if (first && (first[1] || isMeant(first.slice(2)))) {
    const at = coordinatesOf(first.slice(2))
    return at && { at, address: withoutLead(text.slice(first[0].length)) }
  }
  if (half.test(plain)) return undefined
  const last = trailing.exec(plain)
  if (!last) return { at: undefined, address: text }
  const at = coordinatesOf(last.slice(2))
  return at && { at, address: text.slice(0, last[1]?.length).trim() }
}

/** `12 34` may be a house; two numbers are meant as coordinates by a comma, a letter, a degree sign or decimals. */
function isMeant(groups: readonly (string | undefined)[]): boolean {
  const [a, b] = [groups.slice(0, parts), groups.slice(parts + 1)]
  const separated = /[,;、]/.test(groups[parts] ?? '')
  return separated || [a, b].every(([before, number, , , after]) => before || after || number?.includes('.'))
}

const isLatitude = (mark: string | undefined) => mark !== undefined && /[NS北南]/i.test(mark)
const isLongitude = (mark: string | undefined) => mark !== undefined && /[EW东西]/i.test(mark)

function coordinatesOf(groups: readonly (string | undefined)[]): Coordinates | undefined {
  const [a, b] = [angleOf(groups.slice(0, parts)), angleOf(groups.slice(parts + 1))]
  const swapped =
    isLongitude(a.mark) ||
    isLatitude(b.mark) ||
    (!a.mark && !b.mark && Math.abs(a.value) > 90 && Math.abs(b.value) <= 90)
  const [north, east] = swapped ? [b, a] : [a, b]
  return isLongitude(north.mark) || isLatitude(east.mark) ? undefined : coordinates(north.value, east.value)
}

function angleOf([before, number = '', minute = '0', second = '0', after]: readonly (string | undefined)[]) {
  const mark = before ?? after
  const whole = Number(number)
  const size = Math.abs(whole) + Number(minute) / 60 + Number(second) / 3600
  return { mark, value: number.startsWith('-') || (mark && /[SW南西]/i.test(mark)) ? -size : size }
}

/** Undefined where it is not on Earth. Six decimals are a hand's breadth. */
export const coordinates = (latitude: number, longitude: number): Coordinates | undefined =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? { latitude: rounded(latitude), longitude: rounded(longitude) }
    : undefined
const rounded = (value: number): number => Number(value.toFixed(6)) + 0

/** As it is stored, so equal places are equal text: `31.2304,121.4737 人民广场`. */
export const printPlace = ({ at, address }: Place): string =>
  at ? `${at.latitude},${at.longitude}${address === '' ? '' : ` ${address}`}` : address

/** As people read it: the address first. */
export function placeText(place: Place): string {
  const { at, address } = place
  if (!at) return address
  const where = coordinatesText(at)
  const text = address === '' ? where : `${address} (${where})`
  const read = readPlace(text)
  return read && printPlace(read) === printPlace(place) ? text : printPlace(place)
}
export const coordinatesText = ({ latitude, longitude }: Coordinates): string => `${latitude}, ${longitude}`
