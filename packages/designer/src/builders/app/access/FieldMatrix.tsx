import { DownOutlined } from '@ant-design/icons'
import type { AccessEntry } from '@tenon/engine'
import { Nothing } from '@tenon/runtime/page'
import { DropMenu, usePhone } from '@tenon/runtime/ui'
import { Button, Select } from 'antd'
import { type KeyboardEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FieldCell, fieldCell, nextCell, withFields } from '../../../edits/access.ts'
import { useSteady } from '../../frame/use-steady.ts'
import styles from './access.module.css'
import type { FormAccess, MatrixField } from './use-form-access.ts'

const choices = ['edit', 'read', 'hidden'] as const

/** Fields × access entries. A click (or Enter) leads a cell on to its next state; arrows move between cells. */
export function FieldMatrix({ access }: { readonly access: FormAccess }) {
  const { t } = useTranslation('app')
  const { fields, entryName, rowsText, edit, label } = access
  const phone = usePhone()
  const [chosen, setChosen] = useState<string>()
  const one = access.entries.find(({ id }) => id === chosen) ?? access.entries[0]
  // A phone has room for one role at a time.
  const entries = phone && one ? [one] : access.entries
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
  const names = entries.map(entryName).join('\n')
  // Rows are drawn again only when a cell of theirs changes; what they do goes by what is there at that moment.
  const act: Act = (row, column, cell) => {
    const field = fields[row]
    if (!field) return
    if (cell !== undefined)
      return set(
        field.label,
        entries.map(({ id }) => id),
        [field],
        () => cell,
      )
    const entry = entries[column]
    if (entry)
      set(t('access.of', { field: field.label, role: entryName(entry) }), [entry.id], [field], (before) =>
        nextCell(before, field.id, field.isWritable),
      )
  }
  const steady = useSteady({ act })
  if (entries.length === 0) return <Nothing title={t('access.noEntries')} hint={t('access.noEntriesHint')} />
  return (
    <>
      {phone && (
        <Select
          aria-label={t('access.role')}
          value={one?.id ?? null}
          options={access.entries.map((entry) => ({ value: entry.id, label: entryName(entry) }))}
          onChange={setChosen}
        />
      )}
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
              <FieldRow
                key={field.id}
                row={row}
                label={field.label}
                names={names}
                states={entries.map((entry) => fieldCell(entry, field.id, field.isWritable)).join(' ')}
                act={steady.act}
              />
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** Leads a cell on, or (with a cell) sets all of the row. */
type Act = (row: number, column: number, cell?: FieldCell) => void
type RowProps = {
  readonly row: number
  readonly label: string
  /** Of the columns, a line each. */
  readonly names: string
  /** Of the cells, a word each. */
  readonly states: string
  readonly act: Act
}

const FieldRow = memo(function FieldRow({ row, label, names, states, act }: RowProps) {
  const { t } = useTranslation('app')
  const columns = names.split('\n')
  const word = (cell: FieldCell) => t(`access.cell.${cell}`)
  return (
    <tr>
      <th scope="row" className={styles.first}>
        <span className={styles.fieldName}>
          {label}
          <AllMenu label={t('access.allRolesOf', { field: label })} word={word} onPick={(cell) => act(row, 0, cell)} />
        </span>
      </th>
      {(states.split(' ') as readonly FieldCell[]).map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
        <td key={column} className={styles.cellPlace}>
          <button
            type="button"
            className={styles.cell}
            data-cell={`${row}:${column}`}
            data-state={cell}
            aria-label={t('access.cellOf', { field: label, role: columns[column] ?? '', state: word(cell) })}
            aria-disabled={cell === 'none'}
            onClick={() => act(row, column)}
          >
            {word(cell)}
          </button>
        </td>
      ))}
    </tr>
  )
})

type AllProps = {
  readonly label: string
  readonly word: (cell: FieldCell) => string
  readonly onPick: (cell: FieldCell) => void
}

const AllMenu = ({ label, word, onPick }: AllProps) => (
  <DropMenu menu={{ items: choices.map((cell) => ({ key: cell, label: word(cell), onClick: () => onPick(cell) })) }}>
    <Button type="text" size="small" icon={<DownOutlined />} aria-label={label} />
  </DropMenu>
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
