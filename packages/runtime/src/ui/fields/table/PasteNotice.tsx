import { fieldLabel, type TableRow } from '@tenon/engine'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../environment.tsx'
import type { Unfound } from './find-names.ts'

type Props = {
  readonly rows: readonly TableRow[]
  readonly finding: boolean
  readonly unfound: readonly Unfound[]
  readonly onClose: () => void
}
const told = 5

/** Which pasted names stand for nobody; their cells are blank. */
export function PasteNotice({ rows, finding, unfound, onClose }: Props) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  if (finding) return <div role="status">{t('table.findingNames')}</div>
  if (unfound.length === 0) return null
  const lines = unfound.slice(0, told).map(({ name, why }) =>
    t(`table.unfound.${why}`, {
      row: rows.findIndex(({ id }) => id === name.row) + 1,
      column: fieldLabel(name.column, locale),
      name: name.text,
    }),
  )
  const more = unfound.length - lines.length
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ onClose, 'aria-label': t('table.dismiss') }}
      title={t('table.unfoundTitle', { count: unfound.length })}
      description={
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
          {more > 0 && <li>{t('table.unfoundMore', { count: more })}</li>}
        </ul>
      }
    />
  )
}
