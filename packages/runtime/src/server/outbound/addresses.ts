import { BlockList, isIP } from 'node:net'

/** IPv4 that is not on the public Internet: IANA's special-purpose registry (RFC 6890), multicast and reserved. */
const special4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** IPv6 inside global unicast that is not: Teredo and the like, documentation, 6to4. */
const special6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]
const refused4 = new BlockList()
for (const [net, bits] of special4) refused4.addSubnet(net, bits, 'ipv4')
// Everything outside 2000::/3 is refused: loopback, link-local, unique local, IPv4-mapped, NAT64, multicast.
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
const refused6 = new BlockList()
for (const [net, bits] of special6) refused6.addSubnet(net, bits, 'ipv6')

/** Whether an address is a host of the public Internet: no machine of ours, of our network, or of whoever hosts us. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused4.check(address, 'ipv4')
    case 6:
      return !address.includes('%') && global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6')
    default:
      return false
  }
}

/** What an operator allows besides the public Internet. */
export type Allowed = {
  /** By name, in lower case. */
  readonly hosts: ReadonlySet<string>
  readonly nets: BlockList
}

/** Reads `erp.internal, 10.2.0.0/16, 127.0.0.1`. Throws for what is neither a host name nor an address nor a net. */
export function parseAllowed(text: string): Allowed {
  const hosts = new Set<string>()
  const nets = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim().toLowerCase())) {
    if (entry === '') continue
    const [address = '', bits, ...rest] = entry.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    if (isIP(address) !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits ?? '0')) {
      if (bits === undefined) nets.addAddress(address, family)
      else nets.addSubnet(address, Number(bits), family)
    } else if (/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(entry)) hosts.add(entry)
    else throw new RangeError(`${entry} is no host, address or net`)
  }
  return { hosts, nets }
}

export const mayCall = (address: string, allowed: Allowed): boolean =>
  isPublicAddress(address) || allowed.nets.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
