import { type FieldModel, type FieldValue, fieldLabel, type RowChange, rowChanges, type TableRow } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../ui/environment.tsx'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import styles from './record.module.css'

type Props = {
  readonly field: FieldModel
  readonly before: FieldValue
  readonly after: FieldValue
}

/** What became of the rows of a sub-table: those added, taken away and changed, not both tables side by side. */
export function RowChanges({ field: { rows }, before, after }: Props) {
  const { t } = useTranslation('staff')
  if (!rows) return null
  const changes = rowChanges(before, after)
  const columns = [...rows.fields.values()]
  return (
    <ShownFormProvider form={rows}>
      {changes.length === 0 && t('timeline.rowsMoved')}
      <ul className={styles.rowChanges}>
        {changes.map((change) => (
          <li key={`${change.what}${change.row.id}`}>
            {t(`timeline.row.${change.what}`)} <Change change={change} columns={columns} />
          </li>
        ))}
      </ul>
    </ShownFormProvider>
  )
}

function Change({ change, columns }: { change: RowChange; columns: readonly FieldModel[] }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  if (change.what !== 'changed') return <Row row={change.row} columns={columns} isGone={change.what === 'removed'} />
  const [name] = columns
  return (
    <>
      {name && <FieldValueView field={name} value={change.row[name.id]} cell />}
      {change.cells.map(([id, from, to]) => {
        const column = columns.find((one) => one.id === id)
        if (!column) return null
        return (
          <span key={id} className={styles.cellChange}>
            {fieldLabel(column, locale)}{' '}
            <span className={styles.before}>
              <FieldValueView field={column} value={from} cell />
            </span>
            <span aria-hidden>→</span>
            <span className="visually-hidden">{t('timeline.to')}</span>
            <FieldValueView field={column} value={to} cell />
          </span>
        )
      })}
    </>
  )
}

function Row({ row, columns, isGone }: { row: TableRow; columns: readonly FieldModel[]; isGone: boolean }) {
  return (
    <span className={isGone ? styles.before : undefined}>
      {columns
        .filter(({ id }) => row[id] !== undefined)
        .map((column) => (
          <span key={column.id} className={styles.cellChange}>
            <FieldValueView field={column} value={row[column.id]} cell />
          </span>
        ))}
    </span>
  )
}
