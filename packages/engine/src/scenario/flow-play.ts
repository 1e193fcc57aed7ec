import type { Action } from '../actions/schemas.ts'
import type { FlowDefinition } from '../definitions/flow.ts'
import type { Facts } from '../facts.ts'
import { emptyInstance, transition } from '../flow/transition.ts'
import type { ContinueCommand, FlowCommand, FlowEvent, FlowStep, InstanceSnapshot, Variables } from '../flow/types.ts'
import type { Id } from '../kernel/ids.ts'
import type { FieldValue } from '../kernel/value-kind.ts'

/** One instance as it is played. */
type Played = { readonly id: Id; readonly flow: string; snapshot: InstanceSnapshot; readonly log: FlowEvent[] }
type Values = { [field: string]: FieldValue }

/**
 * Flows played on the bare interpreter, on one record in memory: no people, no rights, no clocks; every event happens
 * when it is said to. Messages are kept, signals are not, critical sections queue, called flows are instances of their
 * own. Of actions only `set` with plain values does something. For examples, tests and seeing where a token goes.
 */
export class FlowPlay {
  readonly record: Values
  readonly instances: Played[] = []
  readonly #flows: ReadonlyMap<string, FlowDefinition>
  readonly #people: readonly Id[]
  readonly #messages: { readonly name: string; readonly key: string }[] = []
  readonly #queues = new Map<string, { readonly played: Played; readonly node: string; readonly visit: number }[]>()
  #ids = 0

  constructor(flows: readonly FlowDefinition[], record: Values = {}, people: readonly Id[] = ['p1', 'p2', 'p3']) {
    this.#flows = new Map(flows.map((flow) => [flow.id, flow]))
    this.record = { id: 'r1', ...record }
    this.#people = people
  }

  /** Starts a flow; gives its instance. */
  start(
    flow: string,
    command: Omit<Extract<FlowCommand, { type: 'start' }>, 'type'> = {},
    id: Id = this.#newId(),
  ): Played {
    const played: Played = { id, flow, snapshot: emptyInstance(id, flow), log: [] }
    this.instances.push(played)
    this.tell(played, { type: 'start', ...command })
    return played
  }

  /** The code of the rejection; undefined: done. */
  tell(played: Played, first: FlowCommand | ContinueCommand): string | undefined {
    let next: FlowCommand | ContinueCommand | undefined = first
    while (next) {
      const step = this.#step(played, next)
      if (typeof step === 'string') return step
      for (const event of step.events) this.#hear(played, event)
      // What was heard may have moved it on already.
      const open = played.snapshot.activities.some((one) => one.acts === true && one.token === step.pending?.token)
      next = step.pending && open ? this.#act(step.pending) : played.snapshot.agenda ? { type: 'resume' } : undefined
    }
    return undefined
  }

  /** Answers the first open task at a node, of whichever instance has one. */
  answer(node: string, outcome: string | null = null): string | undefined {
    for (const played of this.instances) {
      const tasks = played.snapshot.activities.filter((one) => one.node === node).flatMap((one) => one.tasks)
      const open = tasks.find((task) => task.outcome === null)
      if (open) return this.tell(played, { type: 'task.complete', task: open.task, outcome, by: null })
    }
    return 'task.notOpen'
  }

  /** The moment of a timer has come. */
  fire(node: string): string | undefined {
    for (const played of this.instances) {
      const wait = played.snapshot.waits.find((one) => one.node === node && one.kind === 'timer')
      if (wait) return this.tell(played, { type: 'timer.fire', node, visit: wait.visit })
    }
    return 'timer.notArmed'
  }

  /** One more instance of a multi-instance activity that is open. */
  addItem(node: string, item: string): string | undefined {
    const [played] = this.instances
    return played && this.tell(played, { type: 'item.add', node, item })
  }

  message(name: string, key = String(this.record.id)): void {
    for (const played of this.instances) {
      const wait = played.snapshot.waits.find((one) => one.kind === 'message' && one.name === name && one.key === key)
      if (wait && played.snapshot.status === 'running') {
        this.tell(played, { type: 'message', node: wait.node, visit: wait.visit })
        return
      }
    }
    this.#messages.push({ name, key })
  }

  signal(name: string): void {
    for (const played of [...this.instances]) this.tell(played, { type: 'signal', name })
  }

  /** Fields of the record change; conditions are looked at. */
  set(values: Values): void {
    Object.assign(this.record, values)
    for (const played of [...this.instances]) this.tell(played, { type: 'record.changed' })
  }

  /** Where the tokens of all running instances stand, sorted. */
  get at(): readonly string[] {
    return this.instances.flatMap(({ snapshot }) => snapshot.tokens.map((token) => token.node)).toSorted()
  }

  /** How often a node was entered, by all instances together. */
  visits(node: string): number {
    return this.instances.reduce((sum, { snapshot }) => sum + (snapshot.visits[node] ?? 0), 0)
  }

  #step(played: Played, command: FlowCommand | ContinueCommand): FlowStep | string {
    const definition = this.#flows.get(played.flow)
    if (!definition) return 'flow.gone'
    const facts: Facts = { now: 0, zone: 'UTC', record: this.record }
    const result = transition(definition, played.snapshot, command, {
      now: 0,
      newId: () => this.#newId(),
      facts,
      people: () => this.#people,
    })
    if (!result.ok) return result.error.code
    played.snapshot = result.value.snapshot
    played.log.push(...result.value.events)
    return result.value
  }

  #act({ token, actions }: NonNullable<FlowStep['pending']>): ContinueCommand {
    for (const action of actions) Object.assign(this.record, plainValues(action))
    return { type: 'continue', token }
  }

  #hear(played: Played, event: FlowEvent): void {
    switch (event.type) {
      case 'message.thrown':
        this.message(event.message, event.key)
        break
      case 'message.awaited': {
        const kept = this.#messages.findIndex((one) => one.name === event.message && one.key === event.key)
        if (kept < 0) break
        this.#messages.splice(kept, 1)
        this.tell(played, { type: 'message', node: event.node, visit: event.visit })
        break
      }
      case 'signal.thrown':
        this.signal(event.signal)
        break
      case 'mutex.requested':
      case 'mutex.released':
        this.#queue(played, event)
        break
      case 'child.called': {
        const { flow, child, variables, depth, caller } = event
        if (this.#flows.has(flow)) this.start(flow, { variables, depth, ...(caller ? { caller } : {}) }, child)
        else this.tell(played, { type: 'child.ended', child, status: 'cancelled' })
        break
      }
      case 'child.cancelled': {
        const child = this.instances.find((one) => one.id === event.child)
        if (child) this.tell(child, { type: 'cancel', reason: 'caller' })
        break
      }
      case 'flow.ended': {
        const caller = this.instances.find((one) => one.id === played.snapshot.caller?.instance)
        const { status, error } = event
        if (caller) this.tell(caller, { type: 'child.ended', child: played.id, status, ...(error ? { error } : {}) })
        break
      }
      default:
    }
  }

  #queue(played: Played, event: Extract<FlowEvent, { type: 'mutex.requested' | 'mutex.released' }>): void {
    const name = JSON.stringify([event.name, event.key])
    const queue = this.#queues.get(name) ?? []
    const { node, visit } = event
    if (event.type === 'mutex.requested') queue.push({ played, node, visit })
    const own = queue.findIndex((one) => one.played === played && one.node === node && one.visit === visit)
    if (event.type === 'mutex.released') queue.splice(own, 1)
    this.#queues.set(name, queue)
    const [first] = queue
    if (first && (event.type === 'mutex.released' ? own === 0 : queue.length === 1))
      this.tell(first.played, { type: 'mutex.grant', node: first.node, visit: first.visit })
  }

  #newId(): Id {
    this.#ids += 1
    return `id${this.#ids}`
  }
}

const plainValues = (action: Action): Variables =>
  'values' in action && !('form' in action) ? (action.values as Variables) : {}
