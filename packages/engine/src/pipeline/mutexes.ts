import type { FlowEvent } from '../flow/types.ts'
import { queueOf, sendTo } from './correlation.ts'
import type { InstanceRow, MutexRow } from './rows.ts'
import { type Origin, refOf, type Work } from './work.ts'

type Asked = Extract<FlowEvent, { type: 'mutex.requested' | 'mutex.released' }>

/** Queues for a critical section; whoever is first is inside. */
export async function requestMutex(work: Work, instance: InstanceRow, event: Asked, origin: Origin): Promise<void> {
  const { name, key, node, visit } = event
  await work.world.hold(queueOf('mutex', instance.app, name, key))
  const queue = await work.mutexQueue(instance.app, name, key)
  const row: MutexRow = {
    ...refOf(instance),
    instance: instance.instance,
    node,
    visit,
    name,
    key,
    position: (queue.at(-1)?.position ?? 0) + 1,
  }
  work.putMutex(row)
  if (queue.length === 0) grant(work, instance, row, origin)
}

/** Leaves the queue; when it was inside, the next one is. */
export async function releaseMutex(work: Work, instance: InstanceRow, event: Asked, origin: Origin): Promise<void> {
  const { name, key, node, visit } = event
  await work.world.hold(queueOf('mutex', instance.app, name, key))
  const queue = await work.mutexQueue(instance.app, name, key)
  const own = queue.find((row) => row.instance === instance.instance && row.node === node && row.visit === visit)
  if (!own) return
  work.dropMutex(own)
  const next = queue[1]
  if (own === queue[0] && next) grant(work, instance, next, origin)
}

const grant = (work: Work, here: InstanceRow, { node, visit, ...to }: MutexRow, origin: Origin): void =>
  sendTo(work, here, { ...to, node, visit }, { type: 'mutex.grant', node, visit }, origin)
