import { halfWidth } from '../spelling.ts'

export const maxLength = 2000

const label = '[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_-]{0,61}[\\p{L}\\p{M}\\p{N}_])?'
const host = `(?:${label}(?:\\.${label})*\\.?|\\[[0-9a-f:.]{2,45}\\])`
/**
 * Canonical address: http or https, a host in small letters, and what RFC 3986 lets stand behind it, other scripts
 * included. Nobody before the host: `https://bank.example@other.example` leads to the other.
 */
export const addressPattern = `^https?://${host}(?::\\d{1,5})?(?:[/?#][^\\s<>"\\\\\\p{Cc}\\p{Cf}\\p{Cs}]*)?$`
const address = new RegExp(addressPattern, 'u')

/** `https：／／` is what an input method for Chinese writes. */
const scheme = /^(https?)[:：][/／]{2}/i
/** `www.example.com/path`: a host that ends in a name, where people leave the scheme out. */
const bare = /^(?:[\p{L}\p{N}_-]+[.．])+\p{L}[\p{L}\p{N}-]+(?:[:：]\d{1,5})?(?:[/?#]|$)/u

/** Whether a browser may be sent there. Asked again wherever a link is drawn. */
export const isWebAddress = (text: string): boolean => address.test(text)

/** The canonical address of what somebody wrote; undefined: it is none, or not one of the web. */
export function readWebAddress(text: string): string | undefined {
  const written = scheme.exec(text)
  if (!written && !bare.test(text)) return undefined
  const rest = text.slice(written?.[0].length ?? 0)
  const end = rest.search(/[/?#]/)
  const [place, path] = end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)]
  // What stands behind the host distinguishes case and spelling.
  const found = `${written?.[1]?.toLowerCase() ?? 'https'}://${halfWidth(place).toLowerCase()}${path}`
  return isWebAddress(found) ? found : undefined
}

/** What people read instead of it: without its scheme, and without a slash that says nothing. */
export const webAddressText = (text: string): string => text.replace(/^https?:\/\//, '').replace(/^([^/?#]+)\/$/, '$1')
