import type { FlowDefinition } from '../definitions/flow.ts'
import { emptyInstance, transition } from '../flow/transition.ts'
import type { ContinueCommand, FlowCommand, FlowEvent, FlowStep, InstanceSnapshot } from '../flow/types.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { formatInstant, type Instant, parseInstant } from '../kernel/instant.ts'
import type { Json } from '../kernel/json.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import type { FieldValue } from '../kernel/value-kind.ts'
import { type Element, is, localType, many, text } from './element.ts'
import { flowOf } from './flow-of.ts'
import { Model } from './model.ts'
import { Process } from './process.ts'
import { slugOf } from './slugs.ts'
import { traceToken } from './trace-token.ts'
import { readXml } from './xml.ts'

type Variables = { readonly [name: string]: Json }

/** How a task is answered: the outcome, what it sets, and how long it takes; null: never. */
export type RunAnswer = string | null | { readonly outcome?: string; readonly set?: Variables; readonly after?: string }
/** Something that comes from outside, so long after the start; absent: at once. */
export type RunMessage = { readonly name: string; readonly after?: string; readonly data?: Json }

export type RunInput = {
  /** Id of the process to run; absent: the first that is executable. */
  readonly process?: string
  readonly variables?: Variables
  /** By the id of the element; a list answers visit after visit. What is not named is done at once. */
  readonly answers?: { readonly [element: string]: RunAnswer | readonly RunAnswer[] }
  readonly messages?: readonly RunMessage[]
  readonly signals?: readonly RunMessage[]
}

export type TraceLine = {
  readonly at: string
  readonly event: 'entered' | 'left' | 'cancelled' | 'dead' | 'waiting' | 'ended'
  readonly process: string
  readonly element?: string
  readonly type?: string
  readonly name?: string
  /** Of a script task: what it would run, and the token it would append to a trace. */
  readonly script?: string
  readonly token?: string
  /** The sequence flows taken. */
  readonly flows?: readonly string[]
  readonly status?: string
  readonly reason?: string
}

/**
 * Runs a BPMN document on the bare engine with a virtual clock, from its start until nothing can happen any more, and
 * tells what was entered and left. Scripts and services do nothing; called processes of the same document are run.
 */
export async function runBpmn(
  xml: string,
  input: RunInput,
  start: Instant = 0,
): Promise<Result<readonly TraceLine[], Problem[]>> {
  const read = await readXml(xml)
  if (!read.ok) return read
  const model = new Model(read.value.definitions)
  const processes = model.processes.map((element) => new Process(model, element))
  const first = processes.find(({ element }) => input.process === undefined || text(element, 'id') === input.process)
  if (!first) return fail([problem('bpmn.noProcess', '')])
  return ok(new BpmnRun(processes, input, start).play(first))
}

type Instance = {
  readonly process: Process
  readonly flow: FlowDefinition
  snapshot: InstanceSnapshot
  readonly parent?: { readonly instance: Instance; readonly child: string }
}
type Awaiting = {
  readonly instance: Instance
  readonly node: string
  readonly visit: number
  readonly message: string
}
type Due = { readonly at: Instant; readonly order: number; readonly act: () => void; readonly timer?: string }

/** Things due at one moment happen in the order in which they were planned. */
const inTime = (one: Due, other: Due): number => one.at - other.at || one.order - other.order

/** Firings after which a run is given up: a model may repeat for ever. */
const mostSteps = 20_000

/** Node visits of one transaction: small, so that an endless loop is soon seen to be one. */
const budget = 200

class BpmnRun {
  readonly #processes: readonly Process[]
  readonly #input: RunInput
  readonly #start: Instant
  readonly #lines: TraceLine[] = []
  readonly #answered = new Map<string, number>()
  readonly #acting = new Set<string>()
  readonly #sections = new Map<string, { instance: Instance; node: string; visit: number }[]>()
  readonly #instances: Instance[] = []
  #variables: Variables
  #kept: readonly RunMessage[] = []
  #awaited: readonly Awaiting[] = []
  #due: Due[] = []
  #now: Instant
  #ids = 0
  #order = 0

  constructor(processes: readonly Process[], input: RunInput, start: Instant) {
    this.#processes = processes
    this.#input = input
    this.#start = start
    this.#now = start
    this.#variables = input.variables ?? {}
  }

  play(process: Process): readonly TraceLine[] {
    for (const message of this.#input.messages ?? []) {
      const name = this.#nameIn(message.name)
      this.#plan(this.#start + ms(message.after), () => this.#deliver({ ...message, name }))
    }
    for (const { name, after } of this.#input.signals ?? [])
      this.#plan(this.#start + ms(after), () => this.#signal(this.#nameIn(name)))
    this.#begin(process, {})
    for (let step = 0; step < mostSteps; step++) {
      const next = [...this.#due].sort(inTime)[0]
      if (!next) break
      this.#due = this.#due.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.act()
    }
    for (const instance of this.#instances) this.#tellWaiting(instance)
    return this.#lines
  }

  #begin(process: Process, variables: Variables, parent?: Instance['parent'], depth = 0): void {
    const flow = flowOf(process, 'record')
    const id = this.#newId()
    const instance: Instance = { process, flow, snapshot: emptyInstance(id, flow.id), ...(parent ? { parent } : {}) }
    this.#instances.push(instance)
    const caller = parent && { instance: parent.instance.snapshot.instance, elsewhere: false, back: {} }
    this.#do(instance, { type: 'start', variables, depth, ...(caller ? { caller } : {}) })
  }

  /** One command, and all that follows from it at once. */
  #do(instance: Instance, command: FlowCommand | ContinueCommand): void {
    const done = transition(instance.flow, instance.snapshot, command, {
      now: this.#now,
      newId: () => this.#newId(),
      facts: { now: this.#now, zone: 'UTC', record: this.#variables as { readonly [name: string]: FieldValue } },
      people: () => [],
      budget,
    })
    if (!done.ok) return
    instance.snapshot = done.value.snapshot
    for (const event of done.value.events) this.#follow(instance, event)
    this.#goOn(instance, done.value)
  }

  #goOn(instance: Instance, { pending, snapshot }: FlowStep): void {
    if (pending && !this.#acting.has(pending.token)) {
      const element = instance.process.elementOf(pending.node)
      const answer = element && this.#answerFor(element)
      this.#acting.add(pending.token)
      if (answer !== null) this.#after(answer, () => this.#do(instance, { type: 'continue', token: pending.token }))
    } else if (snapshot.agenda) this.#do(instance, { type: 'resume' })
  }

  #follow(instance: Instance, event: FlowEvent): void {
    switch (event.type) {
      case 'node.entered':
        this.#tell(instance, 'entered', event.node)
        break
      case 'node.left':
        this.#tell(instance, 'left', event.node, { flows: event.edges.map((edge) => flowId(instance, edge)) })
        break
      case 'task.created':
        this.#answer(instance, event.node, event.task)
        break
      case 'task.cancelled':
        if (event.why !== 'answered') this.#tell(instance, 'cancelled', event.node)
        break
      case 'timer.set':
        this.#setTimer(instance, event)
        break
      case 'timer.cancelled':
        this.#due = this.#due.filter(({ timer }) => timer !== timerName(instance, event))
        break
      case 'message.awaited':
        this.#awaited = [...this.#awaited, { instance, node: event.node, visit: event.visit, message: event.message }]
        this.#match()
        break
      case 'message.thrown':
        this.#plan(this.#now, () => this.#deliver({ name: event.message }))
        break
      case 'signal.thrown':
        this.#plan(this.#now, () => this.#signal(event.signal))
        break
      case 'mutex.requested':
        this.#request(instance, event)
        break
      case 'mutex.released':
        this.#release(event)
        break
      case 'child.called':
        this.#call(instance, event)
        break
      case 'token.dead':
        this.#tell(instance, 'dead', event.node, { reason: event.reason })
        break
      case 'flow.ended':
        this.#ended(instance, event)
        break
      default:
    }
  }

  #tell(instance: Instance, event: TraceLine['event'], node: string, more: Partial<TraceLine> = {}): void {
    const element = instance.process.elementOf(node)
    this.#lines.push({ ...this.#head(instance), event, ...(element ? shown(element) : { element: node }), ...more })
  }

  #head({ process }: Instance) {
    return { at: formatInstant(this.#now), process: text(process.element, 'id') ?? '' }
  }

  #tellWaiting(instance: Instance): void {
    if (instance.snapshot.status !== 'running') return
    for (const node of new Set(instance.snapshot.tokens.map((token) => token.node)))
      this.#tell(instance, 'waiting', node)
  }

  #ended(instance: Instance, { status, reason, error }: Extract<FlowEvent, { type: 'flow.ended' }>): void {
    this.#lines.push({ ...this.#head(instance), event: 'ended', status, ...(reason === undefined ? {} : { reason }) })
    const { parent } = instance
    if (!parent) return
    this.#plan(this.#now, () =>
      this.#do(parent.instance, {
        type: 'child.ended',
        child: parent.child,
        status,
        ...(error === undefined ? {} : { error }),
      }),
    )
  }

  #answer(instance: Instance, node: string, task: string): void {
    const element = instance.process.elementOf(node)
    const answer = element && this.#answerFor(element)
    if (answer === null) return
    const outcome = typeof answer === 'string' ? answer : (answer?.outcome ?? null)
    this.#after(answer, () => this.#do(instance, { type: 'task.complete', task, outcome, by: null }))
  }

  /** The answer for this visit; the last of a list counts for all further ones. */
  #answerFor(element: Element): RunAnswer | undefined {
    const id = text(element, 'id') ?? ''
    const given = this.#input.answers?.[id]
    const visit = this.#answered.get(id) ?? 0
    this.#answered.set(id, visit + 1)
    return Array.isArray(given) ? given[Math.min(visit, given.length - 1)] : (given as RunAnswer | undefined)
  }

  #after(answer: RunAnswer | undefined, act: () => void): void {
    const { set, after } = typeof answer === 'object' && answer !== null ? answer : {}
    this.#plan(this.#now + ms(after), () => {
      if (set) this.#variables = { ...this.#variables, ...set }
      act()
      if (set) for (const instance of this.#running()) this.#do(instance, { type: 'record.changed' })
    })
  }

  #setTimer(instance: Instance, event: Extract<FlowEvent, { type: 'timer.set' }>): void {
    const field = event.until === null ? undefined : this.#variables[event.until]
    const at = event.within === null ? parseInstant(String(field)) : event.from + ms(event.within)
    const { node, visit } = event
    const timer = timerName(instance, event)
    const due = at ?? this.#now
    this.#plan(due, () => this.#do(instance, { type: 'timer.fire', node, visit, dueAt: due }), timer)
  }

  /** A message is kept until somebody waits for it. */
  #deliver(message: RunMessage): void {
    this.#kept = [...this.#kept, message]
    this.#match()
  }

  #match(): void {
    this.#awaited = this.#awaited.filter(isOpen)
    for (const wait of [...this.#awaited]) {
      const message = this.#kept.find(({ name }) => name === wait.message)
      if (!message) continue
      this.#kept = this.#kept.filter((other) => other !== message)
      this.#awaited = this.#awaited.filter((other) => other !== wait)
      this.#plan(this.#now, () => this.#hand(message, wait))
    }
  }

  #hand(message: RunMessage, wait: Awaiting): void {
    if (!isOpen(wait)) {
      this.#deliver(message)
      return
    }
    const { node, visit } = wait
    const data = message.data === undefined ? {} : { data: message.data }
    this.#do(wait.instance, { type: 'message', node, visit, ...data })
  }

  /** The name in flows of what the input names by its id or name in the document. */
  #nameIn(given: string): string {
    const [process] = this.#processes
    const root = many(process?.model.definitions, 'rootElements').find((element) =>
      ['id', 'name'].some((property) => text(element, property) === given),
    )
    return process?.names.of(root) ?? slugOf(given)
  }

  #signal(name: string): void {
    for (const instance of this.#running()) this.#do(instance, { type: 'signal', name })
  }

  #request(instance: Instance, { name, key, node, visit }: Section): void {
    const section = JSON.stringify([name, key])
    const queue = [...(this.#sections.get(section) ?? []), { instance, node, visit }]
    this.#sections.set(section, queue)
    if (queue.length === 1) this.#plan(this.#now, () => this.#do(instance, { type: 'mutex.grant', node, visit }))
  }

  #release({ name, key, node, visit }: Section): void {
    const section = JSON.stringify([name, key])
    const before = this.#sections.get(section) ?? []
    const queue = before.filter((one) => one.node !== node || one.visit !== visit)
    this.#sections.set(section, queue)
    const next = queue[0]
    if (next && next !== before[0])
      this.#plan(this.#now, () => this.#do(next.instance, { type: 'mutex.grant', node: next.node, visit: next.visit }))
  }

  #call(instance: Instance, event: Extract<FlowEvent, { type: 'child.called' }>): void {
    const { child, flow, variables, depth, caller } = event
    const process = this.#processes.find((other) => flowOf(other, 'record').id === flow)
    this.#plan(this.#now, () => {
      if (process) this.#begin(process, variables, caller ? { instance, child } : undefined, depth)
      else if (caller) this.#do(instance, { type: 'child.ended', child, status: 'completed' })
    })
  }

  #running(): readonly Instance[] {
    return this.#instances.filter(({ snapshot }) => snapshot.status === 'running')
  }

  #plan(at: Instant, act: () => void, timer?: string): void {
    this.#due.push({ at, order: this.#order++, act, ...(timer === undefined ? {} : { timer }) })
  }

  #newId(): string {
    this.#ids += 1
    return `id-${this.#ids}`
  }
}

type Section = Extract<FlowEvent, { type: 'mutex.requested' | 'mutex.released' }>

const ms = (duration: string | undefined): number => (duration === undefined ? 0 : (parseDurationMs(duration) ?? 0))

const timerName = (
  { snapshot }: Instance,
  { node, visit }: { readonly node: string; readonly visit: number },
): string => `${snapshot.instance} ${node} ${visit}`

const flowId = ({ process }: Instance, edge: string): string => text(process.edgeElementOf(edge), 'id') ?? edge

const isOpen = ({ instance, node, visit }: Awaiting): boolean =>
  instance.snapshot.waits.some((wait) => wait.node === node && wait.visit === visit)

function shown(element: Element): Partial<TraceLine> {
  const name = text(element, 'name')
  const script = is(element, 'ScriptTask') ? text(element, 'script') : undefined
  const token = script === undefined ? undefined : traceToken(script)
  return {
    element: text(element, 'id') ?? '',
    type: localType(element),
    ...(name === undefined ? {} : { name }),
    ...(script === undefined ? {} : { script }),
    ...(token === undefined ? {} : { token }),
  }
}
