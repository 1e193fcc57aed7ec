import { useQueryClient } from '@tanstack/react-query'
import type { FieldValue } from '@tenon/engine'
import { App } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, newKey, type RecordView, type TaskView } from '../../../contract/index.ts'
import { showFirstProblem } from '../../../ui/form/show-first-problem.ts'
import type { FormSession } from '../../../ui/form/use-form-session.ts'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'

type Input = {
  readonly record: RecordView
  readonly task: TaskView | undefined
  readonly session: FormSession
  readonly onSaved: () => void
}
type Changes = { readonly [field: string]: FieldValue }
type WireValues = Parameters<typeof client.tasks.saveDraft>[1]['values']
type TaskDeed = 'transfer' | 'delegate' | 'addAssignee' | 'removeAssignee' | 'return' | 'withdraw' | 'saveDraft'
type Attempt = (changes: Changes, version: number | undefined) => Promise<void>

export type Deeds = {
  /** What is being sent now. */
  readonly busy: string | null
  /** Somebody else changed the same record: what it is now, waiting for a choice. */
  readonly conflict: { readonly current: RecordView } | null
  claim(): void
  /** True once the step was completed. */
  complete(outcome: string | undefined, comment: string | undefined): Promise<boolean>
  refuse(reason: string): Promise<boolean>
  acknowledge(clock: string, note: string | undefined): Promise<boolean>
  /** 转交、委派 or 加签 */
  give(
    deed: 'transfer' | 'delegate' | 'addAssignee',
    to: string,
    comment: string | undefined,
    position: 'before' | 'after' | 'parallel',
  ): Promise<boolean>
  giveBack(to: string, mode: 'again' | 'back', comment: string): Promise<boolean>
  takeAway(person: string): Promise<boolean>
  withdraw(task: string): Promise<boolean>
  saveDraft(): void
  save(): void
  press(action: string): void
  /** False when the form shows something to be put right first. */
  ready(): boolean
  resolve(choice: Changes): void
  forgetConflict(): void
}

/** Everything one can do to a record from its page, each sent once, refusals shown where they belong. */
export function useDeeds({ record, task, session, onSaved }: Input): Deeds {
  const { t } = useTranslation('staff')
  const { message, notification } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const [busy, setBusy] = useState<string | null>(null)
  const [conflict, setConflict] = useState<{ current: RecordView; attempt: Attempt } | null>(null)
  const running = useRef(false)

  const refresh = () => {
    for (const key of [
      ['record', record.id],
      ['timeline', record.id],
      ['tasks'],
      ['badges'],
      ['records', record.app, record.form],
    ])
      void cache.invalidateQueries({ queryKey: key })
  }
  const refused = async (error: unknown, attempt?: Attempt) => {
    if (error instanceof ApiProblem && error.code === 'version.conflict' && attempt) {
      const current =
        (error.problem.current as RecordView | undefined) ??
        (await client.records.get(record.app, record.form, record.id).catch(() => undefined))
      if (current) return setConflict({ current, attempt })
    }
    if (error instanceof ApiProblem && error.problem.errors?.length) session.blame(error.problem.errors)
    notification.error({ title: t('record.notDone'), description: reason(error), duration: 0 })
    if (error instanceof ApiProblem && error.status === 409) refresh()
  }
  const run = async (name: string, attempt: () => Promise<void>, retry?: Attempt): Promise<boolean> => {
    // A second click while the first is on its way is the same intention.
    if (running.current) return false
    running.current = true
    setBusy(name)
    try {
      await attempt()
      return true
    } catch (error) {
      await refused(error, retry)
      return false
    } finally {
      running.current = false
      setBusy(null)
      refresh()
    }
  }
  const write = (name: string, attempt: Attempt) =>
    run(name, () => attempt(session.changes, session.version ?? undefined), attempt)
  const act = (deed: TaskDeed, send: (task: string) => Promise<unknown>, id = task?.id): Promise<boolean> =>
    id === undefined
      ? Promise.resolve(false)
      : run(deed, async () => {
          await send(id)
          void message.success(t(`approval.done.${deed}`, { title: record.title }))
        })
  const ready = () => {
    if (session.reveal()) return true
    showFirstProblem()
    return false
  }

  return {
    busy,
    conflict,
    ready,
    claim: () => {
      if (task) void run('claim', async () => void (await client.tasks.claim(task.id)))
    },
    complete: (outcome, comment) => {
      if (!task) return Promise.resolve(false)
      const key = newKey()
      let tries = 0
      return write('complete', async (values, version) => {
        tries += 1
        await client.tasks.complete(
          task.id,
          {
            values,
            ...(outcome ? { outcome } : {}),
            ...(comment ? { comment } : {}),
            ...(version === undefined ? {} : { version }),
          },
          { key: `${key}${tries}` },
        )
        session.discard()
        void message.success(t('task.completed', { title: record.title }))
      })
    },
    give: (deed, to, comment, position) => {
      const body = { to, ...(comment ? { comment } : {}) }
      return act(deed, (id) =>
        deed === 'addAssignee'
          ? client.tasks.addAssignee(id, { ...body, position })
          : deed === 'delegate'
            ? client.tasks.delegate(id, body)
            : client.tasks.transfer(id, body),
      )
    },
    giveBack: (to, mode, comment) => act('return', (id) => client.tasks.return(id, { to, mode, comment })),
    takeAway: (person) => act('removeAssignee', (id) => client.tasks.removeAssignee(id, { person })),
    withdraw: (id) => act('withdraw', () => client.tasks.withdraw(id), id),
    saveDraft: () => {
      void act('saveDraft', (id) => client.tasks.saveDraft(id, { values: session.changes as WireValues }))
    },
    refuse: (reason) => {
      if (!task) return Promise.resolve(false)
      return run('refuse', async () => {
        await client.tasks.refuse(task.id, { reason })
        void message.success(t('task.refused', { title: record.title }))
      })
    },
    acknowledge: (clock, note) =>
      run('acknowledge', async () => {
        await client.clocks.acknowledge(clock, note ? { note } : {})
        void message.success(t('clock.acknowledgedDone'))
      }),
    save: () => {
      if (!ready()) return
      void write('save', async (values, version) => {
        await client.records.update(record.app, record.form, record.id, values, version ?? record.version)
        session.discard()
        onSaved()
        void message.success(t('record.saved', { title: record.title }))
      })
    },
    press: (action) => {
      void run(`action:${action}`, async () => {
        await client.records.action(record.app, record.form, record.id, action, record.version)
        void message.success(t('record.actionDone'))
      })
    },
    resolve: (choice) => {
      const open = conflict
      if (!open) return
      setConflict(null)
      void run('resolve', () => open.attempt(choice, open.current.version), open.attempt)
    },
    forgetConflict: () => setConflict(null),
  }
}
