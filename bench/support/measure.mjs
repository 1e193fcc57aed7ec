import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../../scripts/prepare.mjs'

export const quantile = (numbers, share) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? Number.NaN
export const median = (numbers) => quantile(numbers, 0.5)
const round = (number, digits = 3) => Number(number.toPrecision(digits))

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * Calls per second of processor time: what the clock on the wall says on a machine that does nothing else, and nearly
 * the same on one that does. Warmed up, then the median of several rounds. `work` does `calls` of them each time.
 */
export async function rate(work, { calls = 1, rounds = 5, roundMs = 400, warmUpMs = 1000 } = {}) {
  const one = async (forMs) => {
    const begun = cpuMs()
    const wall = performance.now()
    let done = 0
    while (performance.now() - wall < forMs) {
      const pending = work()
      if (pending instanceof Promise) await pending
      done += calls
    }
    return (done / (cpuMs() - begun)) * 1000
  }
  await one(warmUpMs)
  const rates = []
  for (let i = 0; i < rounds; i += 1) rates.push(await one(roundMs))
  return median(rates)
}

/** A library as a package of ours has it: versions compared are versions shipped. */
export async function libraryOf(packageName, library) {
  const require = createRequire(join(root, 'packages', packageName, 'package.json'))
  return import(pathToFileURL(require.resolve(library)).href)
}

/** Processor time of one operation of the server, as a row; none where it cannot be read. */
export const cpuRow = (what, { cpuMs: ms }, { cpuMs: floor, floorName } = {}) =>
  ms === undefined
    ? []
    : [row(`  ${what}: processor time of one`, ms, 'ms', { ...(floor && { floor, floorName }), lowerIsBetter: true })]

/** One row of a result: ours, the floor or peer measured in the same run, and how they compare (above 1: ours is better). */
export function row(name, value, unit, { floor, floorName, target, moonshot, lowerIsBetter = false } = {}) {
  const ratio = floor === undefined ? undefined : lowerIsBetter ? floor / value : value / floor
  const reached = target === undefined ? undefined : lowerIsBetter ? value <= target : value >= target
  return {
    name,
    value: round(value),
    unit,
    ...(floor !== undefined && { beside: floorName, besideValue: round(floor), ratio: round(ratio, 2) }),
    ...(target !== undefined && { target, reached }),
    ...(moonshot !== undefined && { moonshot }),
  }
}
