import { describe, expect, it } from 'vitest'
import type { FlowView, TaskView, TimelineEntry } from '../../../contract/index.ts'
import { contested } from './contested.ts'
import { pickTask } from './pick-task.ts'
import { stagePath } from './stage-path.ts'
import { isShown, readCause } from './timeline-kind.ts'

const flow = (nodes: [string, string, string?][], edges: [string, string][]): FlowView => ({
  id: 'f', form: 'ticket', label: 'F',
  nodes: nodes.map(([id, type, stage]) => ({ id, type, ...(stage ? { stage } : {}) })),
  edges: edges.map(([from, to], index) => ({ id: `e${index}`, from, to })),
})

describe('stages of a flow', () => {
  it('come in the order they are first reached, loops and branches once', () => {
    const view = flow(
      [['s', 'startEvent'], ['a', 'userTask', 'new'], ['g', 'exclusiveGateway'], ['b', 'userTask', 'open'], ['c', 'userTask', 'waiting'], ['e', 'endEvent', 'closed']],
      [['s', 'a'], ['a', 'g'], ['g', 'b'], ['g', 'c'], ['c', 'b'], ['b', 'a'], ['b', 'e']],
    )
    expect(stagePath(view)).toEqual(['new', 'open', 'waiting', 'closed'])
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
  const task = (id: string, can: TaskView['can'], assignee: string | null = 'me') => ({ id, can, assignee, state: 'open' }) as TaskView
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
  const entry = (type: string, actor: string | null = 'u', source = 'user') => ({ type, actor, source }) as TimelineEntry
  it('shows comments as talk, changes as changes, the system as automatic', () => {
    expect(isShown(entry('record.commented'), 'talk')).toBe(true)
    expect(isShown(entry('record.commented'), 'changes')).toBe(false)
    expect(isShown(entry('stage.changed', null, 'flow'), 'automatic')).toBe(true)
    expect(isShown(entry('record.updated'), 'automatic')).toBe(false)
  })
  it('keeps the flow\'s inner steps out of the way', () => {
    expect(isShown(entry('node.entered', null, 'flow'), 'all')).toBe(false)
    expect(isShown(entry('node.entered', null, 'flow'), 'automatic')).toBe(true)
  })
  it('reads what made an entry happen', () => {
    expect(readCause('rule:vip_complaint@3')).toEqual({ kind: 'rule', id: 'vip_complaint', version: '3' })
    expect(readCause('flow:ticket_sop/intake')).toEqual({ kind: 'flow', flow: 'ticket_sop', node: 'intake' })
    expect(readCause('timer:x')).toEqual({ kind: 'other' })
    expect(readCause(null)).toBeNull()
  })
})
