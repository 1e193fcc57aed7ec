import { about, OneOf } from '@tenon/engine'
import { Type } from 'typebox'
import { queryWidget } from '../widget-base.ts'

/** One large figure, with its target and the change against the period before. */
export const NumberWidget = queryWidget('number', ['数字', 'Number'], {
  target: Type.Optional(
    Type.Union(
      [
        Type.Number({ title: 'Number', 'x-ui': { titles: { 'zh-CN': '数字', en: 'Number' } } }),
        Type.String({ title: 'Duration', 'x-ui': { titles: { 'zh-CN': '时长', en: 'Duration' } } }),
      ],
      about('目标', 'Target', "Absent: the metric's own target, if it has one."),
    ),
  ),
  better: Type.Optional(
    OneOf(
      ['higher', 'lower'] as const,
      { higher: ['越高越好', 'Higher is better'], lower: ['越低越好', 'Lower is better'] },
      about('越…越好', 'Better', 'Absent: as the metric says.'),
    ),
  ),
})
