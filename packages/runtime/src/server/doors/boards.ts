import type { BoardDefinition } from '@tenon/reports'
import type { AppView } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import { rolesOf } from '../http/views/form-view.ts'
import type { LoadedApp } from '../store/apps.ts'
import type { LiveMemory } from '../store/live-memory.ts'

/** The boards of a version, trusted: they were validated when it was published. */
const boardDefinitions = ({ sources }: LoadedApp): readonly BoardDefinition[] =>
  sources.filter((file) => file.path.startsWith('boards/')).map((file) => file.json as BoardDefinition)

/** Boards a person may open: those of their roles. What stands on them follows their own rights in any case. */
export function boardsOf(memory: LiveMemory, caller: Caller, id: string): AppView['boards'] {
  const app = memory.now.apps.app(id)
  if (!app) return []
  const mine = rolesOf(id, caller)
  return boardDefinitions(app).flatMap((board) => {
    const isMine = caller.kind === 'system' || board.roles === undefined || board.roles.some((role) => mine.has(role))
    const sees = mine.size > 0 || caller.kind === 'system'
    return isMine && sees ? [{ id: board.id, label: board.label }] : []
  })
}
