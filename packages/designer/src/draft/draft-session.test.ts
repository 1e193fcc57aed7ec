import { applyPatch, type JsonPatch } from '@tenon/engine'
import { ApiProblem, type Client, type DraftView, type StepDraft } from '@tenon/runtime/contract'
import { expect, test, vi } from 'vitest'
import type { Documents } from './documents.ts'
import { DraftSession } from './draft-session.ts'

/** A server that keeps one draft as the real one does: revisions, conflicts, undo. */
function server(first: Documents) {
  let documents = first
  let revision = 0
  const done: { patch: JsonPatch; inverse: JsonPatch; by: string }[] = []
  const undone: typeof done = []
  const state = { labels: [] as string[], fails: 0 }
  const answer = (patch: JsonPatch) => ({
    revision,
    patch: [...patch] as never,
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
  })
  const conflict = () =>
    new ApiProblem({ type: '', title: '', status: 409, code: 'draft.conflict' } as ApiProblem['problem'])
  const apply = (patch: JsonPatch) => {
    const applied = applyPatch(documents, patch)
    if (!applied.ok)
      throw new ApiProblem({ type: '', title: '', status: 422, code: 'draft.patch' } as ApiProblem['problem'])
    documents = applied.value.document as Documents
    revision += 1
    return applied.value.inverse
  }
  const view = (): DraftView => ({
    id: null,
    app: 'demo',
    name: 'main',
    revision,
    baseVersion: 1,
    liveVersion: 1,
    updatedAt: null,
    updatedBy: null,
    files: Object.entries(documents).map(([path, json]) => ({ path, text: JSON.stringify(json) })),
    canUndo: done.length > 0,
    canRedo: undone.length > 0,
  })
  const edit = (label: string, patch: JsonPatch, by = 'wang') => {
    done.push({ patch, inverse: apply(patch), by })
    undone.length = 0
    state.labels.push(label)
    return answer(patch)
  }
  const step = (
    from: typeof done,
    to: typeof done,
    which: 'patch' | 'inverse',
    { revision: at, others }: StepDraft,
  ) => {
    if (at !== revision) throw conflict()
    if (from.at(-1)?.by === 'wang' && !others)
      throw new ApiProblem({
        type: '',
        title: '',
        status: 409,
        code: 'draft.othersEdit',
      })
    const one = from.pop()
    if (!one) throw new ApiProblem({ type: '', title: '', status: 409, code: 'draft.nothingToUndo' } as never)
    to.push(one)
    apply(one[which])
    return answer(one[which])
  }
  const design = {
    draft: async () => view(),
    patchDraft: async (_: string, body: { revision: number; label?: string; patch: unknown[] }) => {
      if (state.fails > 0) {
        state.fails -= 1
        throw new TypeError('no network')
      }
      if (body.revision !== revision) throw conflict()
      return edit(body.label ?? '', body.patch as JsonPatch, 'me')
    },
    undoDraft: async (_: string, body: StepDraft) => step(done, undone, 'inverse', body),
    redoDraft: async (_: string, body: StepDraft) => step(undone, done, 'patch', body),
  } as unknown as Client['design']
  return { design, view, edit, state, documents: () => documents }
}

const form = (label: string, more: object[] = []) => ({
  'forms/ticket.json': { id: 'ticket', label, fields: [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }, ...more] },
})
const labelled = (label: string) => (all: Documents) => ({
  ...all,
  'forms/ticket.json': { ...(all['forms/ticket.json'] as object), label },
})
const field = (at: number, label: string) => (all: Documents) => {
  const before = all['forms/ticket.json'] as { fields: { id: string; label: string }[] }
  const fields = before.fields.map((one, index) => (index === at ? { ...one, label } : one))
  return { ...all, 'forms/ticket.json': { ...before, fields } }
}

test('an edit shows at once, is saved, and can be taken back and done again', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  session.edit('rename', labelled('U'))
  expect(session.state().documents).toEqual(form('U'))
  await session.settled()
  expect([there.documents(), session.state().saving, session.state().canUndo]).toEqual([form('U'), 'saved', true])
  await session.undo()
  expect([session.state().documents, there.documents()]).toEqual([form('T'), form('T')])
  await session.redo()
  expect([session.state().documents, there.documents()]).toEqual([form('U'), form('U')])
})

test('typing into one property is one step; another property is another', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  for (const text of ['U', 'Ur', 'Urg']) session.edit('label', labelled(text), 'label')
  session.edit('field', field(0, 'AA'), 'field')
  await session.settled()
  expect(there.state.labels).toEqual(['label', 'field'])
  await session.undo()
  expect(session.state().documents).toEqual(form('Urg'))
})

test('what somebody else did meanwhile is kept, and so is mine', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  there.edit('theirs', [{ op: 'add', path: '/forms~1ticket.json/fields/0', value: { id: 'new', label: 'N' } }])
  session.edit('mine', field(1, 'BB'))
  await session.settled()
  const expected = {
    'forms/ticket.json': {
      id: 'ticket',
      label: 'T',
      fields: [
        { id: 'new', label: 'N' },
        { id: 'a', label: 'A' },
        { id: 'b', label: 'BB' },
      ],
    },
  }
  expect([there.documents(), session.state().documents]).toEqual([expected, expected])
  expect(session.state().conflicts).toEqual([])
})

test('edits that wait for their turn go to their elements, wherever somebody else has moved those to', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  there.edit('theirs', [{ op: 'add', path: '/forms~1ticket.json/fields/0', value: { id: 'new', label: 'N' } }])
  session.edit('one', field(0, 'AA'))
  session.edit('two', field(1, 'BB'))
  session.edit('three', field(0, 'AAA'), 'typing')
  await session.settled()
  const fields = [
    { id: 'new', label: 'N' },
    { id: 'a', label: 'AAA' },
    { id: 'b', label: 'BB' },
  ]
  expect(there.documents()).toMatchObject({ 'forms/ticket.json': { fields } })
  expect([session.state().documents, session.state().conflicts]).toEqual([there.documents(), []])
})

test('what somebody else did while I was typing is taken in once, not put in by me again', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  session.edit('typing', labelled('U'), 'label')
  there.edit('theirs', [{ op: 'add', path: '/forms~1ticket.json/fields/2', value: { id: 'new', label: 'N' } }])
  session.edit('mine', field(0, 'AA'))
  session.edit('typing', labelled('Ur'), 'label')
  await vi.waitFor(() => expect(session.state().revision).toBe(3))
  session.edit('typing', labelled('Urg'), 'label')
  await session.settled()
  const fields = [
    { id: 'a', label: 'AA' },
    { id: 'b', label: 'B' },
    { id: 'new', label: 'N' },
  ]
  expect(there.documents()).toEqual({ 'forms/ticket.json': { id: 'ticket', label: 'Urg', fields } })
  expect(session.state().documents).toEqual(there.documents())
})

test('what both changed is told: mine is kept, theirs is named', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  there.edit('theirs', [{ op: 'replace', path: '/forms~1ticket.json/label', value: 'Theirs' }])
  session.edit('mine', labelled('Mine'))
  await session.settled()
  expect(there.documents()).toEqual(form('Mine'))
  expect(session.state().conflicts).toMatchObject([{ path: ['forms/ticket.json', 'label'], theirs: 'Theirs' }])
})

test('a step of somebody else is not taken back unseen: it is told, and done when that is meant', async () => {
  const there = server(form('T'))
  const session = new DraftSession(there.design, 'demo', there.view())
  session.edit('mine', field(0, 'AA'))
  await session.settled()
  there.edit('theirs', [{ op: 'replace', path: '/forms~1ticket.json/label', value: 'Theirs' }])
  await session.refresh()
  await session.undo()
  expect(session.state()).toMatchObject({
    othersStep: { direction: 'undo', reason: { code: 'draft.othersEdit' } },
    saving: 'saved',
  })
  expect(there.documents()).toMatchObject({ 'forms/ticket.json': { label: 'Theirs' } })
  await session.stepAllTheSame('undo')
  expect(session.state().othersStep).toBeUndefined()
  expect(there.documents()).toMatchObject({ 'forms/ticket.json': { label: 'T', fields: [{ label: 'AA' }, {}] } })
  await session.undo()
  expect(there.documents()).toEqual(form('T'))
})

test('edits survive a connection that is gone for a while, in order', async () => {
  vi.useFakeTimers()
  const there = server(form('T'))
  there.state.fails = 2
  const session = new DraftSession(there.design, 'demo', there.view())
  session.edit('one', labelled('U'))
  session.edit('two', field(1, 'BB'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(session.state().saving).toBe('failed')
  await vi.advanceTimersByTimeAsync(20_000)
  vi.useRealTimers()
  await session.settled()
  expect(there.documents()).toEqual(session.state().documents)
  expect([there.state.labels, session.state().saving]).toEqual([['one', 'two'], 'saved'])
})
