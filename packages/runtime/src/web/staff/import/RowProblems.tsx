import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportResult } from '../../../contract/index.ts'
import styles from './import.module.css'

/** The rows that are not right, each with its reason; all of them in a file that can be put right and sent again. */
export function RowProblems({ result, errorFile }: { result: ImportResult; errorFile: string | null }) {
  const { t } = useTranslation('staff')
  return (
    <div className={styles.problems}>
      <div className={styles.bar}>
        <span className={styles.hint}>{t('import.firstErrors', { count: result.errors.length })}</span>
        <span className={styles.gap} />
        {errorFile && (
          <Button size="small" icon={<DownloadOutlined />} href={errorFile} download>
            {t('import.errorFile')}
          </Button>
        )}
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('import.row')}</th>
              <th>{t('import.column')}</th>
              <th>{t('import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {result.errors.map((error, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row may have the same problem twice
              <tr key={index}>
                <td>{error.row}</td>
                <td>{error.column ?? ''}</td>
                <td>{error.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
