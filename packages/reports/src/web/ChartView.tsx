import { type Locale, resolveText } from '@tenon/engine'
import { lazy, Suspense, useMemo } from 'react'
import type { ChartAnswer, ChartMark, NameOf, Scene } from '../charts/contract.ts'
import { encodeWidget } from '../charts/encode.ts'
import type { NumberGoal } from '../charts/number/encode.ts'
import type { QueryWidget } from '../definitions/board.ts'
import { NumberChart } from './charts/number/NumberChart.tsx'
import { pieOption } from './charts/pie/option.ts'
import { seriesOption } from './charts/series/option.ts'
import { TableChart } from './charts/table/TableChart.tsx'
import { MarkList } from './MarkList.tsx'
import { namedMarks } from './marks.ts'
import type { ChartLook } from './theme.ts'
import { say } from './words.ts'

// The drawing library is by far the heaviest part of a board: it comes when the first drawn chart does.
const EChart = lazy(() => import('./charts/EChart.tsx'))

export type ChartViewProps = {
  readonly widget: QueryWidget
  /** Undefined while it is on its way. */
  readonly answer: ChartAnswer | undefined
  readonly previous?: ChartAnswer | undefined
  /** Why there is no answer, in the reader's words. */
  readonly problem?: string | undefined
  readonly goal?: NumberGoal | undefined
  readonly locale: Locale
  readonly look: ChartLook
  readonly nameOf?: NameOf | undefined
  /** Opens the records behind a figure; absent: figures are not clickable. */
  readonly onMark?: ((mark: ChartMark) => void) | undefined
}

/** One chart in whatever state it is: on its way, failed, empty, or drawn. */
export function ChartView({ widget, answer, previous, problem, goal, locale, look, nameOf, onMark }: ChartViewProps) {
  const scene = useMemo(
    () =>
      answer === undefined
        ? undefined
        : encodeWidget(
            widget,
            { answer, previous, dimensions: widget.query.by?.length ?? 0, locale, nameOf },
            goal ?? {},
          ),
    [widget, answer, previous, locale, nameOf, goal],
  )
  if (problem !== undefined)
    return <Notice tone={look.tokens.tones.danger.text} text={problem === '' ? say('failed', locale) : problem} />
  if (answer === undefined)
    return (
      <div
        role="status"
        aria-label={say('loading', locale)}
        style={{ height: '100%', minHeight: 48, borderRadius: 6, background: look.tokens.surface2 }}
      />
    )
  if (scene === undefined) return <Notice tone={look.tokens.ink2} text={say('nothing', locale)} />
  return <Drawn scene={scene} label={resolveText(widget.label, locale)} locale={locale} look={look} onMark={onMark} />
}

type DrawnProps = Pick<ChartViewProps, 'locale' | 'look' | 'onMark'> & { readonly scene: Scene; readonly label: string }

function Drawn({ scene, label, locale, look, onMark }: DrawnProps) {
  const option = useMemo(() => {
    if (scene.type === 'pie') return pieOption(scene, look)
    return scene.type === 'line' || scene.type === 'bar' ? seriesOption(scene, look) : undefined
  }, [scene, look])
  if (scene.type === 'number') return <NumberChart scene={scene} look={look} locale={locale} onMark={onMark} />
  if (scene.type === 'table')
    return <TableChart hint={say('open', locale)} scene={scene} look={look} label={label} onMark={onMark} />
  const open = (series: number, index: number) => {
    const mark = scene.type === 'pie' ? scene.slices[index]?.figure.mark : scene.series[series]?.points[index]?.mark
    if (mark) onMark?.(mark)
  }
  return (
    <div style={{ position: 'relative', height: '100%', minHeight: 160 }}>
      <Suspense fallback={null}>{option && <EChart option={option} onPoint={onMark && open} />}</Suspense>
      {onMark && (
        <MarkList marks={namedMarks(scene)} label={say('figures', locale, { label })} look={look} onMark={onMark} />
      )}
    </div>
  )
}

const Notice = ({ text, tone }: { readonly text: string; readonly tone: string }) => (
  <div
    style={{
      display: 'grid',
      placeItems: 'center',
      height: '100%',
      minHeight: 48,
      color: tone,
      fontSize: 13,
      textAlign: 'center',
    }}
  >
    {text}
  </div>
)
