import { useQueryClient } from '@tanstack/react-query'
import type { FieldValue, FormModel, RecordRight } from '@tenon/engine'
import { App, Button, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch, BatchResult } from '../../../contract/index.ts'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'
import { BulkEditDialog } from './BulkEditDialog.tsx'
import { BulkResult } from './BulkResult.tsx'
import styles from './list.module.css'
import type { ListState } from './use-list.ts'
import { both } from './where.ts'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly rights: readonly RecordRight[]
  readonly ids: readonly string[]
  /** All that the filter finds, not only the chosen rows. */
  readonly everything: boolean
  readonly total: number | null
  readonly list: ListState
  readonly onEverything: (everything: boolean) => void
  readonly onClear: () => void
}
type Work = { readonly values?: { readonly [field: string]: FieldValue }; readonly remove?: true }

const step = 50

/** What can be done with the chosen rows, with progress, and the rows that refused. */
export function BulkBar({ app, form, rights, ids, everything, total, list, onEverything, onClear }: Props) {
  const { t } = useTranslation('staff')
  const { message, modal, notification } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const [editing, setEditing] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [result, setResult] = useState<BatchResult | null>(null)
  const count = everything ? (total ?? ids.length) : ids.length

  const run = async (work: Work) => {
    setEditing(false)
    setShare(0)
    const done: { changed: number; failed: BatchResult['failed'] } = { changed: 0, failed: [] }
    const add = (one: BatchResult) => {
      done.changed += one.changed
      done.failed = [...done.failed, ...one.failed]
    }
    try {
      if (everything) {
        const where = both(list.view?.where, list.where)
        add(
          await client.records.batch(app, form.id, {
            ...work,
            where: where ?? { all: [] },
            ...(list.search.q ? { q: list.search.q } : {}),
          } as Batch),
        )
      } else {
        for (let from = 0; from < ids.length; from += step) {
          add(await client.records.batch(app, form.id, { ...work, ids: ids.slice(from, from + step) } as Batch))
          setShare(Math.min(1, (from + step) / ids.length))
        }
      }
      if (done.failed.length > 0) return setResult(done)
      void message.success(t('bulk.allDone', { count: done.changed }))
      onClear()
    } catch (error) {
      notification.error({ title: t('bulk.stopped', { count: done.changed }), description: reason(error), duration: 0 })
    } finally {
      setShare(null)
      void cache.invalidateQueries({ queryKey: ['records', app, form.id] })
    }
  }
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('bulk.title')}>
      <span aria-live="polite">{t('bulk.chosen', { count })}</span>
      {!everything && total !== null && total > ids.length && (
        <Button size="small" type="link" onClick={() => onEverything(true)}>
          {t('bulk.everything', { count: total })}
        </Button>
      )}
      {share === null ? (
        <>
          {rights.includes('update') && (
            <Button size="small" onClick={() => setEditing(true)}>
              {t('bulk.edit')}
            </Button>
          )}
          {rights.includes('delete') && (
            <Button
              size="small"
              danger
              onClick={() =>
                modal.confirm({
                  title: t('bulk.removeTitle', { count }),
                  content: t('record.deleteHint'),
                  okText: t('bulk.remove'),
                  okButtonProps: { danger: true },
                  onOk: () => void run({ remove: true }),
                })
              }
            >
              {t('bulk.remove')}
            </Button>
          )}
        </>
      ) : (
        <Progress
          percent={Math.round(share * 100)}
          size="small"
          style={{ width: 180, margin: 0 }}
          aria-label={t('bulk.running')}
        />
      )}
      <Button size="small" type="text" onClick={onClear} style={{ marginInlineStart: 'auto' }}>
        {t('bulk.clear')}
      </Button>
      {editing && (
        <BulkEditDialog
          form={form}
          count={count}
          onCancel={() => setEditing(false)}
          onSend={(values) => void run({ values })}
        />
      )}
      {result && <BulkResult result={result} onClose={() => setResult(null)} />}
    </div>
  )
}
