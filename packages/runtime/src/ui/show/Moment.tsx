import { useUi } from '../environment.tsx'
import { formatMoment, formatMomentFull } from './format.ts'
import { useMinute } from './now.ts'

/** A moment as people say it, the whole of it on hover. */
export function Moment({ at }: { at: string | number }) {
  const ui = useUi()
  const now = useMinute()
  const instant = typeof at === 'number' ? at : Date.parse(at)
  if (Number.isNaN(instant)) return null
  return (
    <time dateTime={new Date(instant).toISOString()} title={formatMomentFull(instant, ui)}>
      {formatMoment(instant, now, ui)}
    </time>
  )
}
