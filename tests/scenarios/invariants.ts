import type { ClockRow, StagePlay } from '@tenon/engine'

type Data = Record<string, unknown>
type Check = (play: StagePlay) => readonly string[]

/** What must hold after anything at all; each gives what breaks it. */
const invariants: { readonly [name: string]: Check } = {
  'the trail alone gives the same rows': (play) => {
    const [fromTrail, rows] = [rebuilt(play), stored(play)]
    return [...new Set([...Object.keys(fromTrail), ...Object.keys(rows)])].filter(
      (id) => JSON.stringify(sorted(fromTrail[id])) !== JSON.stringify(sorted(rows[id])),
    )
  },
  'trails have no gaps': gapsInTrail,
  'tokens of running flows wait for something': strandedTokens,
  'timers belong to something that waits for them': orphanTimers,
  'tasks are open only while their flow runs': (play) =>
    openTasks(play).flatMap((task) =>
      play.world.state.instances.get(task.instance)?.status === 'running' ? [] : task.task,
    ),
  'an open task is with somebody or offered to somebody': (play) =>
    openTasks(play).flatMap((task) => (task.assignee !== null || task.candidates.length > 0 ? [] : task.task)),
  'flows of records that are gone have ended': (play) => {
    const ids = new Set([...play.world.state.records.values()].map(({ id }) => id))
    return [...play.world.state.instances.values()].flatMap((one) =>
      one.status === 'running' && !ids.has(one.id) ? one.instance : [],
    )
  },
  'a clock that is over has counted what its segments counted': (play) =>
    clocksWhere(play, (clock) => clock.state === 'stopped' && clock.elapsedMs !== countedIn(clock)),
  'segments of a clock follow each other': (play) =>
    clocksWhere(play, ({ segments }) =>
      segments.some(({ from, to }, at) => (to !== null && to < from) || (at > 0 && segments[at - 1]?.to !== from)),
    ),
  'met and breached exclude each other': (play) =>
    clocksWhere(play, ({ met, breachedAt }) => met === true && breachedAt !== null),
  'about the same one alert of a rule stands': (play) => {
    const standing = [...play.world.state.alerts.values()].filter(({ clearedAt }) => clearedAt === null)
    const keys = standing.map(({ rule, key }) => `${rule}/${key}`)
    return keys.filter((key, at) => keys.indexOf(key) !== at)
  },
  'a policy clock runs once': (play) => {
    const live = [...play.world.state.clocks.values()].flatMap(({ id, owner, state }) =>
      owner.kind === 'policy' && (state === 'running' || state === 'paused') ? `${id}/${owner.id}` : [],
    )
    return live.filter((key, at) => live.indexOf(key) !== at)
  },
}

/** Everything that does not hold, by name. Empty: the world adds up. */
export const broken = (play: StagePlay): { readonly [invariant: string]: readonly string[] } =>
  Object.fromEntries(
    Object.entries(invariants).flatMap(([name, check]) => {
      const found = check(play)
      return found.length > 0 ? [[name, found]] : []
    }),
  )

const filled = (data: Data): Data => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
const sorted = (data: Data | undefined) => Object.entries(data ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))

const stored = (play: StagePlay): Record<string, Data> =>
  Object.fromEntries([...play.world.state.records.values()].map((row) => [row.id, filled(row.data as Data)]))

function rebuilt(play: StagePlay): Record<string, Data> {
  const rows: Record<string, Data> = {}
  for (const event of play.world.state.events) {
    if (event.type === 'record.created') rows[event.id] = filled(event.data.values as Data)
    if (event.type === 'record.updated') {
      for (const [field, change] of Object.entries(event.data.changes as Record<string, [unknown, unknown]>)) {
        rows[event.id] = filled({ ...rows[event.id], [field]: change[1] })
      }
    }
    if (event.type === 'record.deleted') delete rows[event.id]
  }
  return rows
}

function gapsInTrail(play: StagePlay): readonly string[] {
  const seqs = new Map<string, number[]>()
  for (const event of play.world.state.events) seqs.set(event.id, [...(seqs.get(event.id) ?? []), event.seq])
  return [...seqs]
    .filter(([, list]) => list.toSorted((a, b) => a - b).some((seq, i) => seq !== i + 1))
    .map(([id]) => id)
}

const openTasks = (play: StagePlay) => [...play.world.state.tasks.values()].filter((task) => task.state === 'open')

/** Every token of a running flow rests at a join, has an open task, waits for an event, or for what is inside it. */
function strandedTokens(play: StagePlay): readonly string[] {
  const { instances, tasks, timers } = play.world.state
  return [...instances.values()]
    .filter((instance) => instance.status === 'running')
    .flatMap((instance) =>
      instance.snapshot.tokens.filter((token) => {
        const activity = instance.snapshot.activities.find((one) => one.token === token.id)
        const hasTask = activity?.tasks.some((one) => tasks.get(one.task)?.state === 'open') ?? false
        const isAtJoin = token.edge !== undefined && token.visit === 0
        const hasInner =
          activity?.child !== undefined ||
          activity?.mutex?.granted === false ||
          instance.snapshot.scopes.some((scope) => scope.host === token.id)
        const hasEvent = instance.snapshot.waits.some(
          (wait) =>
            wait.token === token.id &&
            (wait.kind !== 'timer' || timers.has(`flow/${instance.instance}/${wait.node}/${wait.visit}`)),
        )
        return !hasTask && !isAtJoin && !hasInner && !hasEvent && token.dead === undefined
      }),
    )
    .map((token) => token.node)
}

function orphanTimers(play: StagePlay): readonly string[] {
  const { alerts, instances, clocks, records, tasks, timers } = play.world.state
  return [...timers.values()]
    .filter(({ payload }) => {
      if (payload.kind === 'flow' || payload.kind === 'errand')
        return instances.get(payload.instance)?.status !== 'running'
      if (payload.kind === 'message' || payload.kind === 'call') return false
      if (payload.kind === 'accept') return tasks.get(payload.task)?.state !== 'open'
      if (payload.kind === 'rule')
        return (
          payload.record !== undefined && !records.has(`${payload.app}/${payload.record.form}/${payload.record.id}`)
        )
      if (payload.kind === 'alert') return alerts.get(payload.alert)?.clearedAt !== null
      const clock = clocks.get(payload.clock)
      return clock === undefined || clock.state === 'cancelled' || (clock.state === 'stopped' && payload.step !== 'due')
    })
    .map((timer) => timer.key)
}

const countedIn = ({ segments }: ClockRow): number => segments.reduce((sum, segment) => sum + segment.countedMs, 0)

const clocksWhere = (play: StagePlay, breaks: (clock: ClockRow) => boolean): readonly string[] =>
  [...play.world.state.clocks.values()].filter(breaks).map(({ clock }) => clock)
