import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '@tenon/runtime/page'
import { serverNow, useUi } from '@tenon/runtime/ui'
import { useMemo, useState } from 'react'
import { useDraftPart, useDraftSession } from '../../../draft/draft-context.tsx'
import type { Flow } from '../../../edits/flow/flow.ts'
import type { Marks } from '../canvas-model.ts'
import type { Wording } from '../flow-words.ts'
import { type Measure, toldMarks } from './told-marks.ts'

export const periods = [7, 30, 90, 365] as const
/** The last so many days, or the days from one to another, both inside. */
export type Period = { readonly days: number } | { readonly first: string; readonly last: string }

const nothing: ReadonlyMap<string, Marks> = new Map()

/** What the bench shows of how the flow was gone through, and over which runs. Asked for only while it is looked at. */
export function useHistory(flow: Flow, wording: Wording, isShown: boolean) {
  const { app } = useDraftSession()
  const isLive = useDraftPart(({ liveVersion }) => liveVersion > 0)
  const { zone } = useUi()
  const [period, setPeriod] = useState<Period>({ days: 30 })
  const [versions, setVersions] = useState<readonly number[]>([])
  const [measure, setMeasure] = useState<Measure>('stay')
  const id = String(flow.id)
  const query = useMemo(
    () => ({ ...stretchOf(period, zone), ...(versions.length > 0 ? { versions: versions.join(',') } : {}) }),
    [period, versions, zone],
  )
  const asked = useQuery({
    queryKey: ['flow-history', app, id, query],
    queryFn: ({ signal }) => client.design.flowHistory(app, id, query, signal),
    enabled: isShown && isLive,
    placeholderData: keepPreviousData,
  })
  const { nodes, edges } = flow
  const marks = useMemo(
    () =>
      isShown && asked.data
        ? toldMarks({ nodes, edges } as Flow, asked.data, measure, { t: wording.t, locale: wording.locale })
        : nothing,
    [isShown, asked.data, nodes, edges, measure, wording.t, wording.locale],
  )
  return { app, id, isLive, asked, query, marks, period, setPeriod, versions, setVersions, measure, setMeasure }
}
export type History = ReturnType<typeof useHistory>

const dayMs = 86_400_000

function stretchOf(period: Period, zone: string): { readonly from?: string; readonly to?: string } {
  if ('days' in period) {
    // To the minute: the same question within it is answered from memory.
    const now = Math.ceil(serverNow() / 60_000) * 60_000
    return { from: new Date(now - period.days * dayMs).toISOString() }
  }
  return {
    ...(period.first ? { from: startOf(period.first, zone) } : {}),
    ...(period.last ? { to: new Date(Date.parse(startOf(period.last, zone)) + dayMs).toISOString() } : {}),
  }
}

/** Days of one's own begin as what was shown before, in days of the viewer's zone. */
export function begun(before: Period, now: number, zone: string): Period {
  if (!('days' in before)) return before
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  return { first: day.format(now - before.days * dayMs), last: day.format(now) }
}

/** The first moment of a day where the viewer is. */
function startOf(day: string, zone: string): string {
  const guess = Date.parse(`${day}T00:00:00Z`)
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    guess,
  )
  return new Date(2 * guess - Date.parse(`${shown.replace(' ', 'T')}Z`)).toISOString()
}
