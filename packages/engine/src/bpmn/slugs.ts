import { slugPattern } from '../kernel/ids.ts'

const longest = 40
const slug = new RegExp(slugPattern)

/** A permanent id made of a foreign one, `Activity_0x1y` → `activity_0x1y`; '' when nothing of it can be kept. */
export function slugOf(foreign: string): string {
  if (slug.test(foreign)) return foreign
  const plain = foreign
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return (/^[0-9]/.test(plain) ? `n_${plain}` : plain).slice(0, longest).replace(/_+$/, '')
}

/** Hands out permanent ids, each once. */
export class Slugs {
  readonly #taken = new Set<string>()

  /** The first of these names that says something; numbered when it is taken. */
  take(...names: readonly (string | undefined)[]): string {
    const wished = names.map((name) => slugOf(name ?? '')).find((name) => name !== '') ?? 'element'
    let free = wished
    for (let count = 2; this.#taken.has(free); count++) {
      const number = `_${count}`
      free = `${wished.slice(0, longest - number.length)}${number}`
    }
    this.#taken.add(free)
    return free
  }

  reserve(slug: string): void {
    this.#taken.add(slug)
  }
}
