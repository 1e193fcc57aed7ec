import { describe, expect, it } from 'vitest'
import type { FlowView, TaskView, TimelineEntry } from '../../../contract/index.ts'
import { contested } from './contested.ts'
import { pickTask } from './pick-task.ts'
import { shownFlow, stagePath } from './stage-path.ts'
import { gathered, isShown, readCause, tellsOnly } from './timeline-kind.ts'

const flow = (nodes: [string, string, string?][], edges: [string, string][]): FlowView => ({
  id: 'f',
  form: 'ticket',
  label: 'F',
  nodes: nodes.map(([id, type, stage]) => ({ id, type, ...(stage ? { stage } : {}) })),
  edges: edges.map(([from, to], index) => ({ id: `e${index}`, from, to })),
})

describe('stages of a flow', () => {
  const view = flow(
    [
      ['s', 'startEvent', 'new'],
      ['a', 'userTask', 'new'],
      ['g', 'exclusiveGateway'],
      ['sign', 'userTask', 'approving'],
      ['b', 'userTask', 'open'],
      ['w', 'userTask', 'waiting'],
      ['no', 'endEvent', 'cancelled'],
      ['c', 'userTask', 'resolved'],
      ['e', 'endEvent', 'closed'],
    ],
    [
      ['s', 'a'],
      ['a', 'no'],
      ['a', 'g'],
      ['g', 'sign'],
      ['sign', 'b'],
      ['g', 'b'],
      ['b', 'w'],
      ['w', 'b'],
      ['b', 'c'],
      ['c', 'b'],
      ['c', 'e'],
    ],
  )
  const isDone = (stage: string) => stage === 'closed'
  const isOver = (stage: string) => stage === 'cancelled'
  it('are those of the shortest way to a good end', () => {
    expect(stagePath(view, 'open', isDone, isOver)).toEqual(['new', 'open', 'resolved', 'closed'])
  })
  it('have a side way in its place while the record is there', () => {
    expect(stagePath(view, 'waiting', isDone, isOver)).toEqual(['new', 'open', 'waiting', 'resolved', 'closed'])
    expect(stagePath(view, 'approving', isDone, isOver)).toEqual(['new', 'approving', 'open', 'resolved', 'closed'])
    expect(stagePath(view, 'cancelled', isDone, isOver)).toEqual(['new', 'cancelled'])
  })
})

describe('the flow a record is shown in', () => {
  const main = flow(
    [
      ['s', 'startEvent', 'new'],
      ['t', 'userTask', 'open'],
      ['e', 'endEvent', 'closed'],
    ],
    [],
  )
  const after = flow(
    [
      ['s', 'startEvent', 'callback'],
      ['e', 'endEvent', 'closed'],
    ],
    [],
  )
  it('knows its stage, whatever the order of the flows, and is the longer of two that do', () => {
    for (const flows of [
      [main, after],
      [after, main],
    ]) {
      expect(shownFlow(flows, 'ticket', 'new')).toBe(main)
      expect(shownFlow(flows, 'ticket', 'callback')).toBe(after)
      expect(shownFlow(flows, 'ticket', 'closed')).toBe(main)
      expect(shownFlow(flows, 'ticket', null)).toBe(main)
      expect(shownFlow(flows, 'customer', 'new')).toBeUndefined()
    }
  })
})

describe('what two people changed at once', () => {
  it('is what I changed and somebody changed to something else', () => {
    const base = { a: '1', b: '1', c: '1', d: null }
    const theirs = { a: '2', b: '3', c: '1' }
    expect(contested({ a: '2', b: '2', c: '2', d: 'x' }, base, theirs)).toEqual(['b'])
  })
})

describe('the task a page shows', () => {
  const task = (id: string, can: TaskView['can'], assignee: string | null = 'me') =>
    ({ id, can, assignee, state: 'open' }) as TaskView
  it('is the asked one, then mine, then one I can take', () => {
    const pool = task('pool', ['claim', 'complete'], null)
    const mine = task('mine', ['complete', 'transfer'])
    const others = task('others', [])
    expect(pickTask([others, pool, mine], 'pool')?.id).toBe('pool')
    expect(pickTask([others, pool, mine], undefined)?.id).toBe('mine')
    expect(pickTask([others, pool], 'others')?.id).toBe('pool')
    expect(pickTask([others], undefined)).toBeUndefined()
  })
})

describe('timeline', () => {
  const entry = (type: string, actor: string | null = 'u', source = 'user') =>
    ({ type, actor, source }) as TimelineEntry
  it('shows comments as talk, changes as changes, the system as automatic', () => {
    expect(isShown(entry('record.commented'), 'talk')).toBe(true)
    expect(isShown(entry('record.commented'), 'changes')).toBe(false)
    expect(isShown(entry('stage.changed', null, 'flow'), 'automatic')).toBe(true)
    expect(isShown(entry('record.updated'), 'automatic')).toBe(false)
  })
  it("keeps the flow's inner steps out of the way", () => {
    expect(isShown(entry('node.entered', null, 'flow'), 'all')).toBe(false)
    expect(isShown(entry('node.entered', null, 'flow'), 'automatic')).toBe(true)
  })
  it('says once what was told to several people at one time', () => {
    const told = (to: string, at = '2026-03-02T06:00:00.000Z', message = 'warn') =>
      ({ ...entry('message.sent', null, 'timer'), at, data: { to, message } }) as TimelineEntry
    const groups = gathered([
      told('a'),
      told('b'),
      entry('stage.changed'),
      told('c'),
      told('d', '2026-03-02T07:00:00.000Z'),
      told('e', '2026-03-02T07:00:00.000Z', 'breach'),
    ])
    expect(groups.map(({ people }) => people)).toEqual([['a', 'b'], [], ['c'], ['d'], ['e']])
  })
  it('does not tell a stage twice', () => {
    const change = { ...entry('record.updated'), data: { changes: { stage: ['a', 'b'] } } } as TimelineEntry
    expect(tellsOnly(change, 'stage')).toBe(true)
    expect(
      tellsOnly({ ...change, data: { changes: { stage: ['a', 'b'], cost: [null, '1'] } } } as TimelineEntry, 'stage'),
    ).toBe(false)
  })
  it('reads what made an entry happen', () => {
    expect(readCause('rule:vip_complaint@3')).toEqual({ kind: 'rule', id: 'vip_complaint', version: '3' })
    expect(readCause('flow:ticket_sop/intake')).toEqual({ kind: 'flow', flow: 'ticket_sop', node: 'intake' })
    expect(readCause('policy:urgent/first_response/warn')).toEqual({
      kind: 'policy',
      policy: 'urgent',
      clock: 'first_response',
    })
    expect(readCause('assignment:balanced')).toEqual({ kind: 'assignment' })
    expect(readCause('timer:x')).toEqual({ kind: 'other' })
    expect(readCause(null)).toBeNull()
  })
})
