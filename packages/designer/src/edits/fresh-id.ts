import { isSlug } from '@tenon/engine'

/**
 * A permanent id for something new, which nobody has to think of: the words of its name where they are Latin, else what
 * it is with a number; never one that is taken.
 */
export function freshId(name: string, kind: string, isTaken: (id: string) => boolean): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 32)
  const stem =
    words.length > 1 && isSlug(words) ? words : kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (stem === words && !isTaken(stem)) return stem
  for (let number = stem === words ? 2 : 1; ; number += 1) {
    const id = `${stem}_${number}`
    if (!isTaken(id)) return id
  }
}
