import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BatchResult } from '../../../contract/index.ts'
import { Dialog } from '../../../ui/index.ts'
import styles from './list.module.css'

/** What a bulk edit did, and each row that refused with its reason. */
export function BulkResult({ result, onClose }: { result: BatchResult; onClose: () => void }) {
  const { t } = useTranslation('staff')
  const { changed, failed } = result
  return (
    <Dialog
      title={t('bulk.result')}
      onCancel={onClose}
      onOk={onClose}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <Alert
        type={failed.length === 0 ? 'success' : 'warning'}
        showIcon
        title={
          failed.length === 0
            ? t('bulk.allDone', { count: changed })
            : t('bulk.someFailed', { count: changed, failed: failed.length })
        }
      />
      {failed.length > 0 && (
        <ul className={styles.failures}>
          {failed.map((row) => (
            <li key={row.id}>
              <strong>{row.title}</strong> — {row.message}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
