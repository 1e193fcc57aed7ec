import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FlowDefinition, FlowPlay } from '@tenon/engine'
import { validateFiles } from '@tenon/engine/validate'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../examples/patterns')
const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T

type Step = {
  readonly do: 'start' | 'answer' | 'timer' | 'message' | 'signal' | 'set' | 'add'
  readonly node?: string
  readonly name?: string
  readonly outcome?: string
  readonly item?: string
  readonly values?: { readonly [field: string]: string }
  readonly rejected?: string
  /** Where the tokens of all running instances stand afterwards. */
  readonly at: readonly string[]
}
type Trace = {
  readonly pattern: number
  readonly record: { readonly [field: string]: string | string[] }
  readonly steps: readonly Step[]
  readonly visits?: { readonly [node: string]: number }
}

const folders = readdirSync(root).filter((name) => existsSync(join(root, name, 'trace.json')))

/** 41 of the 43 control-flow patterns; docs/control-flow-patterns.md says why the other two are not there. */
describe('control-flow patterns', () => {
  it('each supported pattern has its example', () => {
    const supported = Array.from({ length: 43 }, (_, at) => at + 1).filter((number) => number !== 41 && number !== 42)
    expect(folders.map((name) => Number(name.slice(0, 2)))).toEqual(supported)
  })

  it.each(folders)('%s', (name) => {
    const files = readdirSync(join(root, name)).filter((file) => file.endsWith('.json') && file !== 'trace.json')
    const flows = files.map((file) => read<FlowDefinition>(join(root, name, file)))
    expect(validateFiles(flows.map((flow) => ({ path: `flows/${flow.id}.json`, json: flow })))).toEqual([])
    const trace = read<Trace>(join(root, name, 'trace.json'))
    const play = new FlowPlay(flows, trace.record, ['p1'])
    for (const [at, step] of trace.steps.entries()) {
      expect(act(play, step), `step ${at}`).toBe(step.rejected)
      expect(play.at, `step ${at}: ${JSON.stringify(step)}`).toEqual(step.at)
    }
    expect(play.instances.map(({ snapshot }) => snapshot.status)).toEqual(play.instances.map(() => 'completed'))
    for (const [node, count] of Object.entries(trace.visits ?? {}))
      expect([node, play.visits(node)]).toEqual([node, count])
  })
})

function act(play: FlowPlay, step: Step): string | undefined {
  switch (step.do) {
    case 'start':
      play.start('main')
      return undefined
    case 'answer':
      return play.answer(step.node ?? '', step.outcome ?? null)
    case 'timer':
      return play.fire(step.node ?? '')
    case 'message':
      play.message(step.name ?? '')
      return undefined
    case 'signal':
      play.signal(step.name ?? '')
      return undefined
    case 'set':
      play.set({ ...step.values })
      return undefined
    case 'add':
      return play.addItem(step.node ?? '', step.item ?? '')
  }
}
