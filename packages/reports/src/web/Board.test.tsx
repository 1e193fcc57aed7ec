import { fireEvent, render, screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { BoardDefinition } from '../definitions/board.ts'
import type { MetricDefinition } from '../definitions/metric.ts'
import { Board, type BoardProps } from './Board.tsx'
import type { ChartTokens } from './theme.ts'

// jsdom draws no canvas: what would be drawn is said in words, and a click hits the first point.
vi.mock('./charts/EChart.tsx', () => ({
  default: ({
    option,
    onPoint,
  }: {
    option: { series: unknown[] }
    onPoint?: (series: number, index: number) => void
  }) => (
    <button type="button" data-testid="canvas" onClick={() => onPoint?.(0, 0)}>
      {option.series.length}
    </button>
  ),
}))

const tone = { fill: '#eee', text: '#333', strong: '#111' }
const tokens: ChartTokens = {
  primary: '#00f',
  surface: '#fff',
  surface2: '#eee',
  line: '#ddd',
  ink: '#000',
  ink2: '#333',
  ink3: '#555',
  tones: { info: tone, success: tone, warning: tone, danger: tone, neutral: tone, violet: tone, teal: tone },
}
const metric: MetricDefinition = {
  id: 'frt',
  kind: 'metric',
  schemaVersion: 1,
  label: '首响',
  form: 'ticket',
  measure: { avg: 'first_response' },
  at: 'answered_at',
  target: 'PT2H',
  better: 'lower',
  doc: '首次响应的平均时长',
}
const board: BoardDefinition = {
  id: 'service',
  kind: 'board',
  schemaVersion: 1,
  label: '服务看板',
  filters: [{ type: 'period', id: 'period', label: '期间', default: 'P30D' }],
  widgets: [
    {
      type: 'number',
      id: 'frt',
      label: '首次响应',
      at: { x: 0, y: 0, w: 3, h: 3 },
      query: { form: 'ticket', measures: [{ id: 'v', metric: 'frt' }] },
    },
    {
      type: 'bar',
      id: 'stages',
      label: '按阶段',
      at: { x: 3, y: 0, w: 5, h: 5 },
      query: { form: 'ticket', by: [{ field: 'stage' }], measures: [{ id: 'n', agg: 'count' }] },
    },
    {
      type: 'table',
      id: 'groups',
      label: '按小组',
      at: { x: 8, y: 0, w: 4, h: 5 },
      query: { form: 'ticket', by: [{ field: 'group' }], measures: [{ id: 'n', agg: 'count' }] },
    },
    {
      type: 'pie',
      id: 'empty',
      label: '来源',
      at: { x: 0, y: 5, w: 4, h: 5 },
      query: { form: 'ticket', by: [{ field: 'channel' }], measures: [{ id: 'n', agg: 'count' }] },
    },
    {
      type: 'line',
      id: 'failed',
      label: '趋势',
      at: { x: 4, y: 5, w: 4, h: 5 },
      query: { form: 'ticket', measures: [{ id: 'n', agg: 'count' }] },
    },
    {
      type: 'text',
      id: 'words',
      label: '说明',
      at: { x: 8, y: 5, w: 4, h: 2 },
      text: { 'zh-CN': '口径见指标字典', en: 'See the dictionary' },
    },
  ],
}
const count = (field: string, rows: (string | number | null)[][]) =>
  ({
    columns: [
      { id: field, kind: 'text', unit: null, label: field },
      { id: 'n', kind: 'integer', unit: 'count', label: '数量' },
    ],
    rows,
    matched: 1,
  }) as const
const data: BoardProps['data'] = [
  {
    id: 'frt',
    answer: {
      columns: [{ id: 'v', kind: 'duration', unit: 'duration', label: '首响' }],
      rows: [['PT1H30M']],
      matched: 3,
    },
    previous: { columns: [], rows: [], matched: 0 },
    problem: null,
  },
  {
    id: 'stages',
    answer: count('stage', [
      ['new', 3],
      ['closed', 4],
    ]),
    problem: null,
  },
  {
    id: 'groups',
    answer: count('group', [
      ['华东', 7],
      [null, 2],
    ]),
    problem: null,
  },
  { id: 'empty', answer: count('channel', []), problem: null },
  { id: 'failed', answer: null, problem: { message: '没有指标“x”' } },
]
const props: BoardProps = {
  board,
  metrics: [metric],
  data,
  choices: { period: { within: 'P30D' } },
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  tokens,
  mode: 'light',
  namesOf: () => (_, value) => (value === 'new' ? { label: '新建', tone: 'info' } : undefined),
}

test('every widget shows what it has: figures, words, nothing, or why not', async () => {
  render(<Board {...props} />)
  const widget = (name: string) => within(screen.getByRole('region', { name }))
  expect(widget('首次响应').getByText('1 小时 30 分钟')).toBeTruthy()
  expect(widget('首次响应').getByText('目标 2 小时')).toBeTruthy()
  expect(widget('首次响应').getByText('近 30 天')).toBeTruthy()
  expect(await widget('按阶段').findByTestId('canvas')).toBeTruthy()
  expect(widget('来源').getByText('这段时间还没有数据')).toBeTruthy()
  expect(widget('趋势').getByText('没有指标“x”')).toBeTruthy()
  expect(widget('说明').getByText('口径见指标字典')).toBeTruthy()
})

test('a click on a figure opens exactly its records, under the filters of the board', async () => {
  const onDrill = vi.fn()
  render(<Board {...props} onDrill={onDrill} />)
  fireEvent.click(screen.getByRole('button', { name: '7' }))
  expect(onDrill.mock.lastCall?.[0]).toEqual({
    form: 'ticket',
    marks: [],
    where: {
      all: [
        { all: [{ fact: 'record', path: '$.created_at', operator: 'within', value: 'P30D' }] },
        { fact: 'record', path: '$.group', operator: 'equal', value: '华东' },
      ],
    },
  })
  fireEvent.click(screen.getByRole('button', { name: '首响 1 小时 30 分钟, 查看明细' }))
  expect(onDrill.mock.lastCall?.[0].where.all).toContainEqual({
    fact: 'record',
    path: '$.first_response',
    operator: 'isNotEmpty',
  })
  fireEvent.click(await screen.findByTestId('canvas'))
  expect(onDrill.mock.lastCall?.[0].where.all.at(-1)).toEqual({
    fact: 'record',
    path: '$.stage',
    operator: 'equal',
    value: 'new',
  })
})

test('by keyboard: one stop per chart, arrows choose, Enter opens', async () => {
  const onDrill = vi.fn()
  render(<Board {...props} onDrill={onDrill} />)
  const list = await screen.findByRole('listbox', { name: /按阶段/ })
  expect(within(list).getByRole('option').textContent).toBe('新建 · 数量 3')
  fireEvent.keyDown(list, { key: 'ArrowRight' })
  expect(within(list).getByRole('option').textContent).toBe('closed · 数量 4')
  fireEvent.keyDown(list, { key: 'ArrowRight' })
  fireEvent.keyDown(list, { key: 'Enter' })
  expect(onDrill.mock.lastCall?.[0].where.all.at(-1)).toEqual({
    fact: 'record',
    path: '$.stage',
    operator: 'equal',
    value: 'closed',
  })
})

test('while it loads, every widget says so', () => {
  render(<Board {...props} data={undefined} locale="en" />)
  expect(screen.getAllByRole('status', { name: 'Loading' })).toHaveLength(5)
})
