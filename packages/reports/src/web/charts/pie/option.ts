import type { PieScene } from '../../../charts/contract.ts'
import { type ChartLook, colorOf } from '../../theme.ts'
import { type DrawnOption, tooltipLook } from '../drawn-option.ts'

/** A ring with its total in the middle and names beside the slices. */
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
    title: {
      text: scene.total,
      left: 'center',
      top: 'middle',
      textStyle: { color: tokens.ink, fontSize: 18, fontWeight: 600 },
    },
    series: [
      {
        type: 'pie',
        radius: ['52%', '76%'],
        center: ['50%', '50%'],
        minAngle: 2,
        avoidLabelOverlap: true,
        label: {
          color: tokens.ink2,
          formatter: ({ dataIndex }: { readonly dataIndex: number }) =>
            `${scene.slices[dataIndex]?.label ?? ''} ${scene.slices[dataIndex]?.share ?? ''}`,
        },
        labelLine: { lineStyle: { color: tokens.line } },
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
