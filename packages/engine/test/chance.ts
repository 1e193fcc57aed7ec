/** Numbers that look like chance and are the same for the same seed: a linear congruential generator of 32 bits. */
export class Chance {
  private state: number
  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A whole number from 0 to below `bound`. The high bits, because the low ones repeat soon. */
  below(bound: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.state / 0x1_0000_0000) * bound)
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }
}
