import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../contract/index.ts'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'
import { importResult } from './use-job.ts'

/** Whether what an import has made can still be taken back. */
export const canUndo = (job: JobView): boolean =>
  job.state === 'done' && job.phase === 'done' && (importResult(job)?.created ?? 0) > 0

/** Takes an import back, after saying how many records that deletes. */
export function UndoImport({ job, small }: { readonly job: JobView; readonly small?: boolean }) {
  const { t } = useTranslation('staff')
  const { modal } = App.useApp()
  const cache = useQueryClient()
  const reason = useReason()
  const undo = useMutation({
    mutationFn: () => client.jobs.undo(job.id),
    onSuccess: (next) => {
      cache.setQueryData(['job', job.id], next)
      void cache.invalidateQueries({ queryKey: ['jobs'] })
    },
    onError: (error) => void modal.error({ title: t('import.undo.failed'), content: reason(error) }),
  })
  const ask = () =>
    modal.confirm({
      title: t('import.undo.title', { count: importResult(job)?.created ?? 0 }),
      content: t('import.undo.hint'),
      okText: t('import.undo.button'),
      okButtonProps: { danger: true },
      onOk: () => undo.mutateAsync().catch(() => undefined),
    })
  return (
    <Button
      danger
      size={small ? 'small' : 'middle'}
      type={small ? 'text' : 'default'}
      loading={undo.isPending}
      onClick={ask}
    >
      {t('import.undo.button')}
    </Button>
  )
}
