import { describe, expect, test } from 'vitest'
import type { QueryWidget } from '../definitions/board.ts'
import type { AnswerColumn } from '../query/plan.ts'
import type { ChartInput, NumberScene, PieScene, SeriesScene, TableScene } from './contract.ts'
import { encodeWidget } from './encode.ts'
import { bucketText, cellText, durationText, numberText } from './format.ts'

const column = (id: string, kind: AnswerColumn['kind'], unit: string | null = null): AnswerColumn => ({
  id,
  kind,
  unit,
  label: id,
})
const month = column('created_at', 'text', 'month')
const priority = column('priority', 'text')
const n = column('n', 'integer', 'count')
const widget = (type: QueryWidget['type'], options = {}): QueryWidget =>
  ({
    type,
    id: 'w',
    label: 'w',
    at: { x: 0, y: 0, w: 4, h: 4 },
    query: { form: 'ticket', measures: [{ id: 'n', agg: 'count' }] },
    options,
  }) as QueryWidget
const input = (
  columns: readonly AnswerColumn[],
  dimensions: number,
  rows: ChartInput['answer']['rows'],
  more: Partial<ChartInput> = {},
): ChartInput => ({ answer: { columns, rows, matched: 1 }, dimensions, locale: 'zh-CN', ...more })

describe('words of figures', () => {
  test.each([
    [0, '0 秒', '0 s'],
    [45_000, '45 秒', '45 s'],
    [59_600, '1 分钟', '1 min'],
    [90_000, '1 分钟 30 秒', '1 min 30 s'],
    [97_200_000, '1 天 3 小时', '1 d 3 h'],
    [86_399_999, '1 天', '1 d'],
    [-3_600_000, '−1 小时', '−1 h'],
    [90 * 86_400_000, '90 天', '90 d'],
  ])('%d ms', (ms, zh, en) => {
    expect([durationText(ms, 'zh-CN'), durationText(ms, 'en')]).toEqual([zh, en])
  })

  test('numbers, shares, money and blanks', () => {
    expect(numberText(1234.567, { kind: 'decimal', unit: null }, 'en')).toBe('1,234.57')
    expect(numberText(0.63606, { kind: 'decimal', unit: 'ratio' }, 'zh-CN')).toBe('63.6%')
    expect(numberText(12.5, { kind: 'money', unit: 'CNY' }, 'zh-CN')).toBe('¥12.50')
    expect(numberText(null, { kind: 'integer', unit: 'count' }, 'en')).toBe('—')
    expect(cellText(null, priority, 'zh-CN')).toBe('（空白）')
    expect(cellText(true, column('urgent', 'boolean'), 'en')).toBe('Yes')
    expect(cellText('PT90M', column('x', 'duration', 'duration'), 'zh-CN')).toBe('1 小时 30 分钟')
  })

  test.each([
    ['2026-03', 'month', '2026年3月', 'Mar 2026'],
    ['2026-W09', 'week', '2026年第9周', 'Week 9, 2026'],
    ['2026-Q1', 'quarter', '2026年第1季度', 'Q1 2026'],
    ['2026-03-02T09', 'hour', '2026年3月2日 9时', 'Mar 2, 2026, 09:00'],
    [1, 'weekday', '周一', 'Mon'],
    [9, 'hourOfDay', '9 时', '09:00'],
  ] as const)('%s', (key, bucket, zh, en) => {
    expect([bucketText(key, bucket, 'zh-CN'), bucketText(key, bucket, 'en')]).toEqual([zh, en])
  })
})

describe('scenes', () => {
  test('a line has a place for every month, nothing counted where nothing happened', () => {
    const scene = encodeWidget(
      widget('line'),
      input([month, n], 1, [
        ['2026-01', 3],
        ['2026-04', 5],
      ]),
    ) as SeriesScene
    expect(scene.categories.map(({ label }) => label)).toEqual(['2026年1月', '2026年2月', '2026年3月', '2026年4月'])
    expect(scene.series[0]?.points.map(({ value }) => value)).toEqual([3, 0, 0, 5])
    expect(scene.series[0]?.points.map(({ mark }) => mark)).toEqual([
      { keys: ['2026-01'], measure: 'n' },
      null,
      null,
      { keys: ['2026-04'], measure: 'n' },
    ])
  })

  test('a mean has no value where there is none', () => {
    const mean = column('m', 'duration', 'duration')
    const scene = encodeWidget(
      widget('line'),
      input([month, mean], 1, [
        ['2026-01', 'PT1H'],
        ['2026-03', null],
      ]),
    ) as SeriesScene
    expect(scene.series[0]?.points.map(({ value }) => value)).toEqual([3_600_000, null, null])
    expect(scene.axis(7_200_000)).toBe('2 小时')
  })

  test('an axis of shares ends at the whole; one of small or larger shares where it likes', () => {
    const endOf = (share: string) =>
      (
        encodeWidget(
          widget('line'),
          input([month, column('m', 'decimal', 'ratio')], 1, [['2026-01', share]]),
        ) as SeriesScene
      ).end
    expect(['0.51', '1', '0.08', '1.2'].map(endOf)).toEqual([1, 1, null, null])
  })

  test('a second dimension makes the series, by their names and tones', () => {
    const nameOf: ChartInput['nameOf'] = (_, value) => (value === 'high' ? { label: '高', tone: 'danger' } : undefined)
    const scene = encodeWidget(
      widget('bar', { stacked: true }),
      input(
        [month, priority, n],
        2,
        [
          ['2026-01', 'high', 1],
          ['2026-01', null, 2],
          ['2026-02', 'high', 4],
        ],
        { nameOf },
      ),
    ) as SeriesScene
    expect(scene.series.map(({ label, tone, points }) => [label, tone, points.map(({ value }) => value)])).toEqual([
      ['高', 'danger', [1, 4]],
      ['（空白）', undefined, [2, 0]],
    ])
    expect(scene.stacked).toBe(true)
  })

  test('the same names have the same colours on every board, whatever else is there', () => {
    const colors = (keys: readonly string[]) => {
      const scene = encodeWidget(
        widget('pie'),
        input(
          [priority, n],
          1,
          keys.map((key, index) => [key, 10 - index]),
        ),
      ) as PieScene
      return Object.fromEntries(scene.slices.map(({ label, color }) => [label, color]))
    }
    expect(colors(['phone', 'mail'])).toEqual(colors(['mail', 'phone']))
    expect(new Set(Object.values(colors(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']))).size).toBe(8)
  })

  test('small slices become others; shares add up', () => {
    const scene = encodeWidget(
      widget('pie', { slices: 3 }),
      input([priority, n], 1, [
        ['a', 50],
        ['b', 25],
        ['c', 15],
        ['d', 10],
        ['e', 0],
      ]),
    ) as PieScene
    expect(scene.slices.map(({ label, figure, share }) => [label, figure.text, share])).toEqual([
      ['a', '50', '50%'],
      ['b', '25', '25%'],
      ['其他', '25', '25%'],
    ])
    expect(scene.slices.at(-1)?.figure.mark).toBeNull()
    expect(scene.total).toBe('100')
  })

  test('a number: target, and change by whether it is good', () => {
    const frt = column('frt', 'duration', 'duration')
    const answer = { columns: [frt], rows: [['PT90M']], matched: 4 } as const
    const previous = { columns: [frt], rows: [['PT2H']], matched: 3 } as const
    const scene = encodeWidget(
      widget('number'),
      { answer, previous, dimensions: 0, locale: 'zh-CN' },
      { target: 'PT1H', better: 'lower' },
    ) as NumberScene
    expect(scene.figure.text).toBe('1 小时 30 分钟')
    expect(scene.target).toEqual({ text: '1 小时', isMet: false })
    expect(scene.change).toEqual({ text: '25%', direction: 'down', tone: 'success' })
  })

  test('a share changes by points', () => {
    const share = column('s', 'decimal', 'ratio')
    const scene = encodeWidget(widget('number', { better: 'higher' }), {
      answer: { columns: [share], rows: [['0.500000']], matched: 4 },
      previous: { columns: [share], rows: [['0.600000']], matched: 4 },
      dimensions: 0,
      locale: 'en',
    }) as NumberScene
    expect(scene.change).toEqual({ text: '10 pp', direction: 'down', tone: 'danger' })
  })

  test('a table keeps the order of the answer and every figure leads somewhere', () => {
    const scene = encodeWidget(
      widget('table', { bars: true }),
      input([priority, n], 1, [
        ['a', 4],
        ['b', 1],
      ]),
    ) as TableScene
    expect(scene.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
      ['a', '4'],
      ['b', '1'],
    ])
    expect(scene.rows[1]?.[1]).toMatchObject({ share: 0.25, mark: { keys: ['b'], measure: 'n' } })
  })

  test('nothing to show is said, not drawn', () => {
    for (const type of ['line', 'bar', 'pie', 'table'] as const)
      expect(encodeWidget(widget(type), input([month, n], 1, []))).toBeUndefined()
  })
})
