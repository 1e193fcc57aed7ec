import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isPublicAddress, parseAllowed } from './addresses.ts'
import { addressOf } from './call.ts'

const nobody = parseAllowed('')
const names: { readonly [host: string]: readonly string[] } = {
  localhost: ['127.0.0.1', '::1'],
  'foo.localhost': ['127.0.0.1'],
  'intranet.example': ['10.1.2.3'],
  'half.example': ['93.184.216.34', '169.254.169.254'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'public.example': ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
}
const lookup = async (host: string) => (names[host] ?? []).map((address) => ({ address }))
const reached = (host: string, allowed = nobody) => addressOf(new URL(`http://${host}/`), allowed, lookup)

/** Every spelling here means a machine that is not on the public Internet. */
const inside = [
  ...['127.0.0.1', '127.1', '127.0.1', '0', '0.0.0.0', '0x7f.1', '0x7f000001', '2130706433', '017700000001'],
  ...['0177.0.0.1', '0177.1', '127.0.0.1.', '0x7F.0x0.0x0.0x1', '127.255.255.254', '1%32%37.0.0.1', '127。0。0。1'],
  ...['１２７.0.0.1', '①②⑦.0.0.1', '127．0．0．1', '000127.0.0.1'.replace('000', '')],
  ...['10.0.0.1', '10.255.255.255', '0xa000001', '167772161', '012.0.0.1', '172.16.0.1', '172.31.255.255'],
  ...['192.168.0.1', '192.168.1', '3232235521', '0xc0a80001', '100.64.0.1', '100.127.255.255'],
  ...['169.254.169.254', '169.254.43518', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '169.254.169.254.'],
  ...['192.0.0.170', '192.0.2.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.7'],
  ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '4294967295'],
  ...['[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::0001]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::FFFF:10.0.0.1]'],
  ...['[::ffff:169.254.169.254]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::a9fe:a9fe]', '[100::1]'],
  ...['[fe80::1]', '[febf::1]', '[fec0::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[2001::1]', '[2001:db8::1]'],
  ...['[2002:7f00:1::]', '[2002:a9fe:a9fe::]', '[3fff::1]', '[4000::1]'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'intranet.example', 'half.example', 'mapped.example'],
]

describe('addresses that are not called', () => {
  test.each(inside)('%s', async (host) => {
    await expect(reached(host)).rejects.toThrow(/not called|Invalid URL/)
  })

  test('there are many of them', () => expect(new Set(inside).size).toBeGreaterThanOrEqual(60))

  test('other schemes, a name before the host, a host of nobody', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://public.example/', 'gopher://public.example/', 'data:text/plain,x'])
      await expect(addressOf(new URL(url), nobody, lookup)).rejects.toThrow('only http and https')
    for (const url of ['http://public.example@127.0.0.1/', 'http://a:b@public.example/'])
      await expect(addressOf(new URL(url), nobody, lookup)).rejects.toThrow('no name or password')
    await expect(reached('nobody.example')).rejects.toThrow('has no address')
  })
})

test('the public Internet is called, at the address that was looked at', async () => {
  expect(await reached('public.example')).toBe('93.184.216.34')
  expect(await reached('public.example.')).toBe('93.184.216.34')
  expect(await reached('1.1.1.1')).toBe('1.1.1.1')
  expect(await reached('[2606:4700::1111]')).toBe('2606:4700::1111')
})

test('an operator allows a host, an address or a net, and nothing beside it', async () => {
  const allowed = parseAllowed(' intranet.example, 127.0.0.1 ,192.168.0.0/16, fd00::/8')
  expect(await reached('intranet.example', allowed)).toBe('10.1.2.3')
  expect(await reached('2130706433', allowed)).toBe('127.0.0.1')
  expect(await reached('192.168.9.9', allowed)).toBe('192.168.9.9')
  expect(await reached('[fd00::1]', allowed)).toBe('fd00::1')
  for (const host of ['10.1.2.3', '127.0.0.2', '[::1]', 'mapped.example', '169.254.169.254', '[fc00::1]'])
    await expect(reached(host, allowed)).rejects.toThrow('not called')
  for (const text of ['http://x', 'a/b', '10.0.0.0/8/8', 'x y', '*'])
    expect(() => parseAllowed(text)).toThrow(RangeError)
})

/** What a few bits of arithmetic say, without the tables of the product. */
const isPublic4 = (n: number) => {
  const [a = 0, b = 0, c = 0] = [24, 16, 8].map((shift) => (n >>> shift) & 255)
  return !(
    [0, 10, 127].includes(a) ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113)
  )
}

test('however an address is written, the decision is about the machine it means', async () => {
  const byte = fc.oneof(
    fc.constantFrom(0, 10, 64, 88, 100, 127, 169, 172, 192, 198, 203, 224, 254, 255, 16, 31, 18, 51, 113, 168),
    fc.nat(255),
  )
  const written = fc.tuple(fc.tuple(byte, byte, byte, byte), fc.nat(6))
  await fc.assert(
    fc.asyncProperty(written, async ([[a, b, c, d], how]) => {
      const n = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
      const text = [
        `${a}.${b}.${c}.${d}`,
        String(n),
        `0x${n.toString(16)}`,
        `0${n.toString(8)}`,
        `${a}.${(b << 16) | (c << 8) | d}`,
        `0x${a.toString(16)}.0${b.toString(8)}.${(c << 8) | d}`,
        `${a}.${b}.${c}.${d}.`,
      ][how]
      const decided = await reached(String(text)).then(
        (address) => address,
        () => 'refused',
      )
      expect(decided).toBe(isPublic4(n) ? `${a}.${b}.${c}.${d}` : 'refused')
      expect(isPublicAddress(`::ffff:${a}.${b}.${c}.${d}`)).toBe(false)
    }),
    { numRuns: 5000, seed: 19 },
  )
})
