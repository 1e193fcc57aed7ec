import type { RecordItem } from '../../../contract/index.ts'
import { FieldValueView, isBlank } from '../../../ui/fields/FieldValueView.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import type { ListColumn } from '../list/columns.ts'
import { valueIn } from '../list/ListTable.tsx'
import styles from './views.module.css'

type Props = {
  readonly item: RecordItem
  readonly columns: readonly ListColumn[]
  /** Fields the view says already: its lanes, its picture. */
  readonly said: readonly string[]
}

/** What a card says beside its title: the view's fields that are filled in and not said already. */
export function CardFacts({ item, columns, said }: Props) {
  const shown = columns.filter(({ path }) => {
    const value = valueIn(item, path)
    const inTitle = typeof value === 'string' && value !== '' && item.title.includes(value)
    return path !== 'title' && !said.includes(path) && !isBlank(value) && !inTitle
  })
  if (shown.length === 0) return null
  return (
    <dl className={styles.facts}>
      {shown.slice(0, 8).map((column) => (
        <div key={column.path} className={styles.fact}>
          <dt>{column.label}</dt>
          <dd>
            <ShownFormProvider form={column.form}>
              <FieldValueView field={column.field} value={valueIn(item, column.path)} cell />
            </ShownFormProvider>
          </dd>
        </div>
      ))}
    </dl>
  )
}
