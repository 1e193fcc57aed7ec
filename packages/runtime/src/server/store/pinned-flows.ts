import type { FlowDefinition } from '@tenon/engine'
import { readFlow } from './apps.ts'
import type { Db } from './database.ts'

const most = 500
const kept = new Map<string, FlowDefinition>()

/** The flow an instance is pinned to. Texts never change, so they are kept by their hash. */
export async function pinnedFlow(db: Db, hash: string): Promise<FlowDefinition | undefined> {
  const known = kept.get(hash)
  if (known) return known
  const flow = await readFlow(db, hash)
  if (!flow) return undefined
  if (kept.size >= most) kept.clear()
  kept.set(hash, flow)
  return flow
}
