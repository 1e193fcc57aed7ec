import { Link } from '@tanstack/react-router'
import type { FormModel } from '@tenon/engine'
import type { RecordItem } from '../../../contract/index.ts'
import { FieldValueView, isBlank } from '../../../ui/fields/FieldValueView.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { places } from '../../shell/places.ts'
import type { ListColumn } from './columns.ts'
import { valueIn } from './ListTable.tsx'
import styles from './list.module.css'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly items: readonly RecordItem[]
  readonly columns: readonly ListColumn[]
}

/** Rows for a narrow screen: the name, then what the columns would have said. */
export function RecordCards({ app, form, items, columns }: Props) {
  return (
    <ShownFormProvider form={form}>
      <ul className={styles.cards}>
        {items.map((item) => {
          const inTitle = (column: ListColumn) =>
            typeof valueIn(item, column.path) === 'string' && item.title.includes(String(valueIn(item, column.path)))
          const shown = columns.filter((column) => !isBlank(valueIn(item, column.path)) && !inTitle(column))
          const stage = shown.find(({ path }) => path === form.stageField)
          return (
            <li key={item.id} className={styles.recordCard}>
              <Link to={places.record(app, form.id, item.id)} className={styles.cardLink}>
                <span className={styles.cardHead}>
                  <span className={styles.cardName}>{item.title}</span>
                  {stage && <FieldValueView field={stage.field} value={valueIn(item, stage.path)} cell />}
                </span>
                <span className={styles.cardFacts}>
                  {shown
                    .filter((column) => column !== stage)
                    .slice(0, 5)
                    .map((column) => (
                      <span key={column.path} className={styles.cardFact}>
                        <span className={styles.cardLabel}>{column.label}</span>
                        <ShownFormProvider form={column.form}>
                          <FieldValueView field={column.field} value={valueIn(item, column.path)} cell />
                        </ShownFormProvider>
                      </span>
                    ))}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </ShownFormProvider>
  )
}
