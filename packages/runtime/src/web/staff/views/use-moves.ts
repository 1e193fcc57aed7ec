import { useQueryClient } from '@tanstack/react-query'
import type { FormModel } from '@tenon/engine'
import { App } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { ApiProblem, type RecordItem, type WireValue } from '../../../contract/index.ts'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'

type Values = { readonly [field: string]: WireValue }
type Move = { readonly item: RecordItem; readonly values: Values }
export type Moves = {
  /** What was moved and is not yet confirmed, by record: shown where it was put. */
  readonly under: ReadonlyMap<string, Move>
  readonly move: (item: RecordItem, values: Values, said: { readonly done: string; readonly failed: string }) => void
}

const without = (map: ReadonlyMap<string, Move>, id: string): ReadonlyMap<string, Move> =>
  new Map([...map].filter(([key]) => key !== id))

/**
 * Moving a record is one ordinary update. It is shown at once where it was put, and goes back with the reason when the
 * server refuses.
 */
export function useMoves(app: string, form: FormModel): Moves {
  const cache = useQueryClient()
  const { message, notification } = App.useApp()
  const reason = useReason()
  const [under, setUnder] = useState<ReadonlyMap<string, Move>>(new Map())
  const busy = useRef(new Set<string>())
  const latestReason = useRef(reason)
  latestReason.current = reason

  const move = useCallback<Moves['move']>(
    async (item, values, said) => {
      if (busy.current.has(item.id)) return
      busy.current.add(item.id)
      setUnder((before) => new Map(before).set(item.id, { item, values }))
      try {
        await client.records.update(app, form.id, item.id, values, item.version)
        void message.success(said.done)
      } catch (error) {
        setUnder((before) => without(before, item.id))
        const told = error instanceof ApiProblem ? (error.problem.errors ?? []).map((one) => one.message) : []
        notification.error({
          title: said.failed,
          description: told.length > 0 ? told.join('\n') : latestReason.current(error),
          duration: 0,
        })
      } finally {
        await cache.invalidateQueries({ queryKey: ['records', app, form.id] })
        busy.current.delete(item.id)
        setUnder((before) => without(before, item.id))
      }
    },
    [app, form.id, cache, message, notification],
  )
  return { under, move }
}

/** A record as it will be when its move is confirmed. */
export const moved = (item: RecordItem, under: Moves['under']): RecordItem => {
  const move = under.get(item.id)
  return move ? { ...item, values: { ...item.values, ...move.values } } : item
}
