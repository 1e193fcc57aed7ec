import { afterEach, beforeEach, type MockInstance, vi } from 'vitest'

/**
 * Proves on every run that the engine reads no clock, no chance and no network: whatever it needs of them must come
 * in by its arguments. A date made from a given text or number stays allowed.
 */
const refuse = (name: string) => () => {
  throw new Error(`${name}: take it from the context`)
}

const RealDate = Date

const PureDate = new Proxy(RealDate, {
  construct(target, args, newTarget) {
    if (args.length === 0) refuse('new Date()')()
    return Reflect.construct(target, args, newTarget) as Date
  },
  apply: refuse('Date()'),
  get(target, key) {
    return key === 'now' ? refuse('Date.now()') : Reflect.get(target, key, target)
  },
})

let random: MockInstance<() => number>

beforeEach(() => {
  // The test runner took its own references to these before, so only the code under test meets the refusals.
  vi.stubGlobal('Date', PureDate)
  vi.stubGlobal('fetch', refuse('fetch()'))
  for (const timer of ['setTimeout', 'setInterval', 'setImmediate'] as const) vi.stubGlobal(timer, refuse(`${timer}()`))
  random = vi.spyOn(Math, 'random').mockImplementation(refuse('Math.random()'))
})

afterEach(() => {
  vi.unstubAllGlobals()
  random.mockRestore()
})
