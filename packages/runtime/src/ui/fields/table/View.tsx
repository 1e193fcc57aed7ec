import { fieldLabel } from '@tenon/engine'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../environment.tsx'
import { ShownFormProvider } from '../../show/ShownForm.tsx'
import { usePhone } from '../../theme/use-phone.ts'
import type { ShowProps } from '../contract.ts'
import { CellText } from './CellText.tsx'
import { isRightAligned, TotalsRow } from './Totals.tsx'
import styles from './table.module.css'
import { useRows } from './use-rows.ts'

const shownAtFirst = 20

/** Rows to read: a table, on a phone a card for each. */
export function TableView({ field, value }: ShowProps<'table'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const phone = usePhone()
  const { form, rows } = useRows(field, value)
  const [isWhole, setWhole] = useState(false)
  if (!form) return null
  const columns = [...form.fields.values()]
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst)
  const more = rows.length > shownAtFirst && (
    <button type="button" className={styles.more} onClick={() => setWhole(!isWhole)}>
      {isWhole ? t('showLess') : t('table.allRows', { count: rows.length })}
    </button>
  )
  return (
    <ShownFormProvider form={form}>
      {phone ? (
        <ul className={styles.cards}>
          {shown.map((row, at) => (
            <li key={row.id} className={styles.card}>
              <div className={styles.cardNumber}>{t('itemNumber', { number: at + 1 })}</div>
              <dl className={styles.pairs}>
                {columns.map((column) => (
                  <div key={column.id}>
                    <dt>{fieldLabel(column, locale)}</dt>
                    <dd>
                      <CellText column={column} value={row[column.id]} free />
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th className={styles.number}>#</th>
                {columns.map((column) => (
                  <th key={column.id} scope="col" data-right={isRightAligned(column)}>
                    {fieldLabel(column, locale)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, at) => (
                <tr key={row.id}>
                  <td className={styles.number}>{at + 1}</td>
                  {columns.map((column) => (
                    <td key={column.id} className={styles.shown} data-right={isRightAligned(column)}>
                      <CellText column={column} value={row[column.id]} free />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <TotalsRow rows={rows} form={form} />
          </table>
        </div>
      )}
      {more}
    </ShownFormProvider>
  )
}
