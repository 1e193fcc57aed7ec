import { conditionDefs, nodeSchemas, RuleDefinition } from '@tenon/engine'
import { BoardFilter, MetricDefinition } from '@tenon/reports'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { SchemaPanel } from './SchemaPanel.tsx'
import { Hold, Stage, speak } from './testing/Stage.tsx'

// The first drawing of the kit takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

vi.mock('@tenon/runtime/page', () => ({
  client: {
    records: { list: () => Promise.resolve({ items: [] }) },
    departments: () => Promise.resolve({ items: [] }),
  },
  useSession: () => ({ user: { id: 'u1', username: 'admin', name: 'Admin', locale: 'en' } }),
}))

const outcomes = [
  { id: 'accept', label: { 'zh-CN': '受理', en: 'Accept' } },
  { id: 'refuse', label: { 'zh-CN': '不予受理', en: 'Refuse' } },
]

function draw(schema: object, value: object, answers?: typeof outcomes) {
  const told = vi.fn()
  const scope = { path: 'flows/sop.json', form: 'ticket', outcomes: answers }
  render(
    <Stage locale="en">
      <Hold first={value} told={told}>
        {(now, onChange) => (
          <SchemaPanel schema={{ ...schema, $defs: conditionDefs }} value={now} onChange={onChange} scope={scope} />
        )}
      </Hold>
    </Stage>,
  )
  return told
}

const task = (more: object) => ({ id: 't', type: 'userTask', ...more })
const limited = (step: object) => task({ outcomes, limit: { within: 'PT2H', ladder: [{ id: 'one', ...step }] } })

beforeAll(() => speak('en'))

describe('a step of a ladder', () => {
  test('says in per cent when it comes, and can be moved', () => {
    const told = draw(nodeSchemas.userTask, limited({ at: 0.8, notify: [{ self: 'assignee' }] }))
    const share = screen.getByLabelText('Share used', { selector: 'input[role="spinbutton"]' })
    expect(share).toHaveProperty('value', '80')
    fireEvent.change(share, { target: { value: '57' } })
    expect(told.mock.lastCall?.[0].limit.ladder[0].at).toBe(0.57)
  })

  test('answers by one of the answers of its task, named as people name it', () => {
    const told = draw(nodeSchemas.userTask, limited({ at: 1 }), outcomes)
    const answer = screen.getByLabelText('Answer', { selector: 'input' })
    fireEvent.mouseDown(answer)
    fireEvent.click(within(document.body).getByTitle('Refuse'))
    expect(told.mock.lastCall?.[0].limit.ladder[0].outcome).toBe('refuse')
  })

  test('is not asked for an answer where there is nothing to answer', () => {
    draw(nodeSchemas.userTask, limited({ at: 1 }))
    expect(screen.queryByLabelText('Answer')).toBeNull()
  })
})

describe('a panel', () => {
  test('asks how many must consent only where several do', () => {
    draw(nodeSchemas.userTask, task({}))
    expect(screen.queryByLabelText('Quorum')).toBeNull()
    expect(screen.queryByLabelText('Wait for all')).toBeNull()
  })

  test('says what goes where nothing is chosen', () => {
    draw(nodeSchemas.userTask, task({ mode: 'all' }))
    expect(screen.getByText('Default: Everybody')).toBeTruthy()
    expect(screen.getByText('Default: Goes to the managers of the app')).toBeTruthy()
  })

  test('reads a share of those asked in per cent', () => {
    const told = draw(nodeSchemas.userTask, task({ mode: 'all', quorum: { moreThan: 0.5 } }))
    const share = screen.getByLabelText('More than a share', { selector: 'input[role="spinbutton"]' })
    expect(share).toHaveProperty('value', '50')
    fireEvent.change(share, { target: { value: '66' } })
    expect(told.mock.lastCall?.[0].quorum).toEqual({ moreThan: 0.66 })
  })

  test('keeps what was said and no longer means anything in sight', () => {
    draw(nodeSchemas.userTask, task({ mode: 'single', quorum: 2 }))
    expect(screen.getAllByLabelText('Quorum').length).toBeGreaterThan(0)
  })

  test('asks for the time of day of a schedule', () => {
    draw(RuleDefinition.properties.on, { schedule: { every: 'day', at: '09:30' } })
    expect(screen.getByDisplayValue('09:30')).toBeTruthy()
  })

  test('asks for the last so many days of a filter, not for a word of the format', () => {
    const told = draw(BoardFilter, { type: 'period', id: 'p', label: 'P' })
    expect(screen.getByPlaceholderText('Default: All time')).toBeTruthy()
    fireEvent.change(screen.getByLabelText('Default', { selector: 'input[role="spinbutton"]' }), {
      target: { value: '30' },
    })
    expect(told.mock.lastCall?.[0].default).toBe('P30D')
  })

  test('asks for a percentile only where one is measured', () => {
    const elapsed = (agg: string) => ({ measure: { between: ['created_at', 'updated_at'], agg } })
    draw(MetricDefinition, elapsed('avg'))
    expect(screen.getByLabelText('Aggregate', { selector: 'input' })).toBeTruthy()
    expect(screen.queryByLabelText('Percentile')).toBeNull()
    cleanup()
    draw(MetricDefinition, elapsed('percentile'))
    expect(screen.getByLabelText('Percentile', { selector: 'input[role="spinbutton"]' })).toBeTruthy()
  })
})
