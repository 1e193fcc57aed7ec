import type { DraftView, PublishPlan, WireConflict } from '@tenon/runtime/contract'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { DraftStage, speakEnglish } from '../draft/testing/DraftStage.tsx'
import { Conflicts, type Decisions } from './Conflicts.tsx'
import { RollBackDialog } from './RollBackDialog.tsx'

const bodies: { readonly path: string; readonly body: unknown }[] = []
let answer: (body: { readonly dryRun?: boolean }) => Response

beforeAll(speakEnglish)
beforeEach(() => {
  bodies.length = 0
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const body = JSON.parse(String(init.body))
    bodies.push({ path, body })
    return answer(body)
  })
})

function show(children: ReactNode): void {
  const view: Partial<DraftView> = { name: 'main', revision: 1, baseVersion: 3, liveVersion: 3, files: [] }
  render(
    <DraftStage view={view} design={{ draft: async () => view as DraftView }}>
      {children}
    </DraftStage>,
  )
}

const conflict = (more: Partial<WireConflict>): WireConflict => ({
  address: 'a',
  about: 'value',
  text: 'Field "Hours" › Label',
  base: 'Hours',
  mine: 'Time',
  theirs: 'Hours spent',
  mineText: 'Time',
  theirsText: 'Hours spent',
  taken: 'mine',
  decided: false,
  ...more,
})

function Deciding({ conflicts, told }: { conflicts: readonly WireConflict[]; told: (one: Decisions) => void }) {
  const [decisions, setDecisions] = useState<Decisions>({})
  const decide = (next: Decisions) => {
    setDecisions(next)
    told(next)
  }
  return <Conflicts against="archive" conflicts={conflicts} decisions={decisions} onDecide={decide} />
}

test('of two words a third can be written, beginning with mine; of other values one side is taken', () => {
  const told = vi.fn()
  const limit = conflict({
    address: 'b',
    text: 'Limit',
    mine: 'PT2H',
    mineText: '2 h',
    theirs: 'PT1H',
    theirsText: '1 h',
  })
  show(<Deciding conflicts={[conflict({}), limit]} told={told} />)
  expect(screen.getAllByRole('radio')).toHaveLength(5)
  fireEvent.click(screen.getByRole('radio', { name: 'Write another' }))
  expect(told).toHaveBeenLastCalledWith({ a: { value: 'Time' } })
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Working hours' } })
  expect(told).toHaveBeenLastCalledWith({ a: { value: 'Working hours' } })
  fireEvent.click(screen.getByRole('radio', { name: /^Take the new version’s\s*1 h/ }))
  expect(told).toHaveBeenLastCalledWith({ a: { value: 'Working hours' }, b: 'theirs' })
})

test('what was decided at an earlier upgrade is chosen and says so', () => {
  const told = vi.fn()
  show(<Deciding conflicts={[conflict({ decided: true, taken: { value: 'Effort' } })]} told={told} />)
  expect(screen.getByText('As decided at the last upgrade')).toBeTruthy()
  expect((screen.getByRole('textbox') as HTMLInputElement).value).toBe('Effort')
  fireEvent.click(screen.getByRole('radio', { name: /^Take the new version’s/ }))
  expect(screen.queryByText('As decided at the last upgrade')).toBeNull()
})

const plan: PublishPlan = {
  app: 'demo',
  fromVersion: 3,
  toVersion: 4,
  changedFiles: [],
  problems: [],
  changes: ['Field "Grade" is taken away'],
  steps: [
    {
      key: 'fieldRemoved:ticket.grade',
      kind: 'destructive',
      what: 'Field "Grade" is removed',
      affected: 2,
      lost: 2,
      values: [{ record: 'r1', title: 'T-1', value: 'A1' }],
    },
  ],
  instances: { standings: [], outcome: { keep: 0, move: 0, park: 0, blocked: 0 } },
  runningInstances: [],
}
const json = (body: object, status = 200) => new Response(JSON.stringify(body), { status })

test('the way back shows the values that go with it, and is taken from the version that was looked at', async () => {
  const late = { code: 'app.versionConflict', status: 409, title: 'Somebody has published' }
  answer = ({ dryRun }) => (dryRun ? json({ version: null, plan }) : json(late, 409))
  const close = vi.fn()
  show(<RollBackDialog version={2} onClose={close} />)
  expect(await screen.findByText('T-1: A1')).toBeTruthy()
  const go = screen.getByRole('button', { name: 'Go back to this version' })
  fireEvent.click(go)
  expect(await screen.findByText('Somebody has published')).toBeTruthy()
  expect(close).not.toHaveBeenCalled()
  expect(bodies.find(({ body }) => !(body as { dryRun?: boolean }).dryRun)?.body).toEqual({
    version: 2,
    baseVersion: 3,
    confirm: ['fieldRemoved:ticket.grade'],
    instances: { choices: [] },
  })
  answer = () => json({ version: 4, plan })
  await waitFor(() => expect((go as HTMLButtonElement).disabled).toBe(false))
  fireEvent.click(go)
  await waitFor(() => expect(close).toHaveBeenCalled())
})

test('the way back asks what becomes of what is running, and takes the answer along', async () => {
  const standing = {
    flow: 'handling',
    flowLabel: 'Handling',
    version: 3,
    node: 'work',
    nodeLabel: 'Work',
    count: 4,
    movable: 4,
    blocked: [],
    targets: [],
  }
  const outcome = { keep: 4, move: 0, park: 0, blocked: 0 }
  const running = { ...plan, steps: [], instances: { standings: [standing], outcome } }
  answer = ({ dryRun }) => json({ version: dryRun ? null : 4, plan: running })
  const close = vi.fn()
  show(<RollBackDialog version={2} onClose={close} />)
  fireEvent.mouseDown(await screen.findByRole('combobox', { name: 'Work: What becomes of it' }))
  fireEvent.click(await screen.findByText('Move to the flow of that version'))
  const instances = { choices: [{ flow: 'handling', node: 'work', choice: 'move' }] }
  await waitFor(() => expect(bodies.at(-1)?.body).toEqual({ version: 2, dryRun: true, instances }))
  const go = screen.getByRole('button', { name: 'Go back to this version' }) as HTMLButtonElement
  await waitFor(() => expect(go.disabled).toBe(false))
  fireEvent.click(go)
  await waitFor(() => expect(close).toHaveBeenCalled())
  expect(bodies.at(-1)?.body).toEqual({ version: 2, baseVersion: 3, confirm: [], instances })
})
