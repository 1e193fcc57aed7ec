import type { EChartsType } from 'echarts/core'
import { useEffect, useRef } from 'react'
import { init } from './core.ts'
import type { DrawnOption } from './drawn-option.ts'

export type EChartProps = {
  readonly option: DrawnOption
  readonly onPoint?: ((series: number, index: number) => void) | undefined
}

/** A canvas that follows its option and its size. Hidden from screen readers: the list of marks speaks for it. */
export default function EChart({ option, onPoint }: EChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const clicked = useRef(onPoint)
  useEffect(() => {
    clicked.current = onPoint
  }, [onPoint])

  useEffect(() => {
    if (place.current === null) return
    const made = init(place.current)
    chart.current = made
    made.on('click', ({ seriesIndex, dataIndex }) => clicked.current?.(seriesIndex ?? 0, dataIndex))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(place.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    // Replaced as a whole: series that are gone must not stay.
    chart.current?.setOption(option as Parameters<EChartsType['setOption']>[0], { notMerge: true })
  }, [option])

  return <div ref={place} aria-hidden="true" style={{ width: '100%', height: '100%' }} />
}
