import { type FieldModel, type FormModel, fieldLabel, type TableRow } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../environment.tsx'
import { CellText } from './CellText.tsx'
import { totalsOf } from './row-edits.ts'
import styles from './table.module.css'

const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'money'])
/** Numbers stand right, so that digits stand below each other. */
export const isRightAligned = ({ value }: FieldModel): boolean => numbers.has(value.kind)

type Props = { readonly rows: readonly TableRow[]; readonly form: FormModel; readonly trailing?: number }

/** The sums below a table; none where no column has one. */
export function TotalsRow({ rows, form, trailing = 0 }: Props) {
  const { t } = useTranslation('ui')
  const totals = totalsOf(rows, form)
  if (totals.size === 0) return null
  return (
    <tfoot>
      <tr>
        <th scope="row" className={`${styles.sum} ${styles.total}`}>
          {t('table.total')}
        </th>
        {[...form.fields.values()].map((column) => (
          <td key={column.id} className={styles.sum} data-right={isRightAligned(column)}>
            <CellText column={column} value={totals.get(column.id)} />
          </td>
        ))}
        {trailing > 0 && <td className={styles.sum} colSpan={trailing} />}
      </tr>
    </tfoot>
  )
}

/** The same sums as lines, below cards. */
export function TotalLines({ rows, form }: Props) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const totals = totalsOf(rows, form)
  if (totals.size === 0) return null
  return (
    <dl className={styles.pairs} aria-label={t('table.total')}>
      {[...form.fields.values()]
        .filter(({ id }) => totals.has(id))
        .map((column) => (
          <div key={column.id}>
            <dt>{t('table.totalOf', { column: fieldLabel(column, locale) })}</dt>
            <dd>
              <CellText column={column} value={totals.get(column.id)} />
            </dd>
          </div>
        ))}
    </dl>
  )
}
