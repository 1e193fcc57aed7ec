import { randomFillSync } from 'node:crypto'
import type { Id } from '@tenon/engine'

const pool = Buffer.alloc(4096)
let used = pool.length
let lastMs = 0
let counter = 0

/**
 * A UUIDv7 (RFC 9562 §5.7): sortable by time, and within one process strictly growing, because the 12 bits behind the
 * millisecond count (method 1 of §6.2). The rest is random.
 */
export function newId(now: number = Date.now()): Id {
  if (used + 10 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  if (now > lastMs) {
    lastMs = now
    counter = pool.readUInt16BE(used) & 0x1ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const variant = ((pool.readUInt8(used + 2) & 0x3f) | 0x80).toString(16)
  const rest = pool.toString('hex', used + 3, used + 10)
  used += 10
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`
}
