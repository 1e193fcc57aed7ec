import { DownOutlined } from '@ant-design/icons'
import type { AccessEntry } from '@tenon/engine'
import { Nothing } from '@tenon/runtime/page'
import { Button, Dropdown } from 'antd'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { type FieldCell, fieldCell, nextCell, withFields } from '../../../edits/access.ts'
import styles from './access.module.css'
import type { FormAccess, MatrixField } from './use-form-access.ts'

const choices = ['edit', 'read', 'hidden'] as const

/** Fields × access entries. A click (or Enter) leads a cell on to its next state; arrows move between cells. */
export function FieldMatrix({ access }: { readonly access: FormAccess }) {
  const { t } = useTranslation('app')
  const { entries, fields, entryName, rowsText, edit, label } = access
  if (entries.length === 0) return <Nothing title={t('access.noEntries')} hint={t('access.noEntriesHint')} />
  const word = (cell: FieldCell) => t(`access.cell.${cell}`)
  const set = (
    what: string,
    ids: readonly string[],
    among: readonly MatrixField[],
    cell: (entry: AccessEntry) => FieldCell,
  ) =>
    edit(t('access.edits.fields', { what, form: label }), (form) =>
      ids.reduce((now, id) => {
        const entry = form.access?.find((one) => one.id === id)
        return entry ? withFields(now, id, among, cell(entry)) : now
      }, form),
    )
  return (
    <section className={styles.scroll} aria-label={t('access.views.fields')}>
      <table className={styles.table} onKeyDown={moveFocus}>
        <thead>
          <tr>
            <th scope="col" className={styles.first}>
              {t('access.field')}
            </th>
            {entries.map((entry) => (
              <th key={entry.id} scope="col" className={styles.cellHead}>
                <span title={rowsText(entry)}>{entryName(entry)}</span>
                <AllMenu
                  label={t('access.allFieldsOf', { role: entryName(entry) })}
                  word={word}
                  onPick={(cell) => set(entryName(entry), [entry.id], fields, () => cell)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fields.map((field, row) => (
            <tr key={field.id}>
              <th scope="row" className={styles.first}>
                <span className={styles.fieldName}>
                  {field.label}
                  <AllMenu
                    label={t('access.allRolesOf', { field: field.label })}
                    word={word}
                    onPick={(cell) =>
                      set(
                        field.label,
                        entries.map(({ id }) => id),
                        [field],
                        () => cell,
                      )
                    }
                  />
                </span>
              </th>
              {entries.map((entry, column) => {
                const cell = fieldCell(entry, field.id, field.isWritable)
                const name = t('access.cellOf', { field: field.label, role: entryName(entry), state: word(cell) })
                return (
                  <td key={entry.id} className={styles.cellPlace}>
                    <button
                      type="button"
                      className={styles.cell}
                      data-cell={`${row}:${column}`}
                      data-state={cell}
                      aria-label={name}
                      aria-disabled={cell === 'none'}
                      onClick={() =>
                        set(
                          t('access.of', { field: field.label, role: entryName(entry) }),
                          [entry.id],
                          [field],
                          (now) => nextCell(now, field.id, field.isWritable),
                        )
                      }
                    >
                      {word(cell)}
                    </button>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type AllProps = {
  readonly label: string
  readonly word: (cell: FieldCell) => string
  readonly onPick: (cell: FieldCell) => void
}

const AllMenu = ({ label, word, onPick }: AllProps) => (
  <Dropdown
    trigger={['click']}
    menu={{ items: choices.map((cell) => ({ key: cell, label: word(cell), onClick: () => onPick(cell) })) }}
  >
    <Button type="text" size="small" icon={<DownOutlined />} aria-label={label} />
  </Dropdown>
)

const steps: { readonly [key: string]: readonly [number, number] } = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const step = steps[event.key]
  const at = event.target instanceof HTMLElement ? event.target.dataset.cell : undefined
  if (!step || at === undefined) return
  const [row = 0, column = 0] = at.split(':').map(Number)
  const next = event.currentTarget.querySelector<HTMLElement>(`[data-cell="${row + step[0]}:${column + step[1]}"]`)
  if (!next) return
  event.preventDefault()
  next.focus()
}
