import type { PieScene } from '../../../charts/contract.ts'
import { type ChartLook, colorOf } from '../../theme.ts'
import { type DrawnOption, tooltipLook } from '../drawn-option.ts'

/** A ring with its total in the middle and names beneath. */
export function pieOption(scene: PieScene, look: ChartLook): DrawnOption {
  const { tokens } = look
  return {
    animation: false,
    tooltip: {
      ...tooltipLook(look),
      trigger: 'item',
      formatter: ({ dataIndex }) => {
        const slice = scene.slices[dataIndex]
        return slice === undefined ? '' : `${slice.label}\n${slice.figure.text}  ${slice.share}`
      },
    },
    // Names beneath the ring: beside it they are cut off as soon as the widget is narrow.
    legend: {
      type: 'scroll',
      bottom: 0,
      icon: 'circle',
      itemWidth: 8,
      itemHeight: 8,
      textStyle: { color: tokens.ink2 },
      pageTextStyle: { color: tokens.ink3 },
      formatter: (name: string) => `${name} ${scene.slices.find(({ label }) => label === name)?.share ?? ''}`,
    },
    title: {
      text: scene.total,
      left: 'center',
      top: '40%',
      textVerticalAlign: 'middle',
      textStyle: { color: tokens.ink, fontSize: 18, fontWeight: 600 },
    },
    series: [
      {
        type: 'pie',
        radius: ['48%', '72%'],
        center: ['50%', '42%'],
        minAngle: 2,
        label: { show: false },
        itemStyle: { borderColor: tokens.surface, borderWidth: 2 },
        data: scene.slices.map((slice) => ({
          name: slice.label,
          value: slice.figure.value ?? 0,
          itemStyle: { color: colorOf(slice, look) },
        })),
      },
    ],
  }
}
