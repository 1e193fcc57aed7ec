import type { SeriesScene } from '../../../charts/contract.ts'
import { type ChartLook, colorOf } from '../../theme.ts'
import { type DrawnOption, tooltipLook } from '../drawn-option.ts'

/** Lines and bars as ECharts draws them. */
export function seriesOption(scene: SeriesScene, look: ChartLook): DrawnOption {
  const { tokens } = look
  const names = {
    type: 'category' as const,
    data: scene.categories.map(({ label }) => label),
    axisLine: { lineStyle: { color: tokens.line } },
    axisTick: { show: false },
    axisLabel: { color: tokens.ink2, hideOverlap: true },
    ...(scene.horizontal ? { inverse: true } : {}),
  }
  const values = {
    type: 'value' as const,
    splitNumber: 4,
    ...(scene.step === null ? {} : { interval: scene.step }),
    ...(scene.end === null ? {} : { max: scene.end, interval: scene.end / 4 }),
    axisLabel: { color: tokens.ink3, formatter: scene.axis, hideOverlap: true },
    splitLine: { lineStyle: { color: tokens.line } },
  }
  const isMany = scene.series.length > 1
  return {
    animation: false,
    tooltip: {
      ...tooltipLook(look),
      trigger: 'item',
      formatter: (point) => textAt(scene, point.seriesIndex ?? 0, point.dataIndex),
    },
    ...(isMany
      ? {
          legend: {
            type: 'scroll',
            top: 0,
            left: 0,
            itemWidth: 10,
            itemHeight: 10,
            icon: 'roundRect',
            textStyle: { color: tokens.ink2 },
          },
        }
      : {}),
    grid: { left: 8, right: 12, top: isMany ? 32 : 12, bottom: 4, containLabel: true },
    xAxis: scene.horizontal ? values : names,
    yAxis: scene.horizontal ? names : values,
    series: scene.series.map((series) => {
      const color = colorOf(series, look)
      const data = series.points.map((point, index) => ({ value: point.value, ...pointColor(scene, index, look) }))
      const base = { name: series.label, itemStyle: { color }, data }
      if (scene.type === 'bar')
        return {
          ...base,
          type: 'bar' as const,
          barMaxWidth: 28,
          cursor: 'pointer',
          ...(scene.stacked ? { stack: 'all' } : {}),
        }
      return {
        ...base,
        type: 'line' as const,
        symbolSize: 6,
        showAllSymbol: 'auto' as const,
        lineStyle: { color, width: 2 },
        connectNulls: false,
        ...(scene.area ? { areaStyle: { color, opacity: 0.12 } } : {}),
      }
    }),
  }
}

/** A single series of bars takes the tones of its categories. */
function pointColor(scene: SeriesScene, index: number, { tokens }: ChartLook) {
  const tone = scene.type === 'bar' && scene.series.length === 1 ? scene.categories[index]?.tone : undefined
  return tone === undefined ? {} : { itemStyle: { color: tokens.tones[tone].strong } }
}

function textAt(scene: SeriesScene, series: number, index: number): string {
  const name = scene.series[series]
  return `${scene.categories[index]?.label ?? ''}\n${name?.label ?? ''}  ${name?.points[index]?.text ?? ''}`
}
