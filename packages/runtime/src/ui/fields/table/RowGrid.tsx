import { PlusOutlined } from '@ant-design/icons'
import { closestCenter, DndContext, type DragOverEvent, MouseSensor, useSensor, useSensors } from '@dnd-kit/core'
import { type CellValue, fieldLabel, fieldToText, isCellVisible, resolveText, type TableRow } from '@tenon/engine'
import { Button } from 'antd'
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../environment.tsx'
import { useFormFacts } from '../../show/FormFacts.tsx'
import { useCellFaces } from '../cell-faces.tsx'
import { CellText } from './CellText.tsx'
import { ColumnHelp } from './ColumnHelp.tsx'
import { PasteNotice } from './PasteNotice.tsx'
import { helpOf, isRequired } from './RowCards.tsx'
import { RowHandle } from './RowHandle.tsx'
import { RowMenu } from './RowMenu.tsx'
import { addRow, enteredColumns, moveRow, moveRowTo, setCell, writeCell } from './row-edits.ts'
import { mostRows, type RowsProps } from './rows-props.ts'
import { isRightAligned, TotalsRow } from './Totals.tsx'
import styles from './table.module.css'
import { usePaste } from './use-paste.ts'
import { useWindow } from './use-window.ts'

type Place = { readonly row: number; readonly column: number }
/** Rows are dragged by a pointer alone, whose owner sees where to. */
const silent = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}

/** The cell being written in, and what its row was before. */
type Writing = Place & { readonly before: TableRow }

/**
 * Rows as a spreadsheet: arrows move, Enter or a letter begins to write, Enter goes down and adds a row at the end, Tab
 * goes on, Escape takes back, Delete clears, Alt with an arrow moves the row, as does the pointer by the row's number,
 * what a spreadsheet copied can be pasted.
 */
export function RowGrid({
  field,
  form,
  rows,
  onChange,
  id,
  places,
  describedBy,
  invalid,
  disabled = false,
  onBlur,
}: RowsProps) {
  const faceOf = useCellFaces()
  const { t } = useTranslation('ui')
  const { locale, zone } = useUi()
  const columns = [...form.fields.values()]
  const around = useFormFacts()
  const isVisible = (row: TableRow, column: string) => isCellVisible(row, column, form, around)
  const pasting = usePaste({ rows, form, max: mostRows(field), onChange })
  const [target, setTarget] = useState<{ readonly id: string; readonly side: 'above' | 'below' }>()
  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 4 } }))
  const indexOf = (id: unknown) => rows.findIndex((row) => row.id === id)
  const entered = new Set(disabled ? [] : enteredColumns(form).map((column) => column.id))
  const isFull = disabled || rows.length >= mostRows(field)
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const [writing, setWriting] = useState<Writing>()
  const frame = useRef<HTMLDivElement>(null)
  const wanted = useRef<Place | undefined>(undefined)
  const shown = useWindow(frame, rows.length)

  // A cell that was just made or scrolled to can be focused only once it is drawn.
  useLayoutEffect(() => {
    const place = wanted.current
    if (!place) return
    const cell = cellAt(frame.current, place)
    if (!cell) return
    wanted.current = undefined
    cell.focus()
  })

  const goTo = (row: number, column: number) => {
    const place = {
      row: Math.max(0, Math.min(row, rows.length - 1)),
      column: Math.max(0, Math.min(column, columns.length - 1)),
    }
    wanted.current = place
    shown.reveal(place.row)
    setWriting(undefined)
    setActive(place)
  }
  const append = (column = 0) => {
    if (isFull) return
    onChange(addRow(rows, rows.length))
    wanted.current = { row: rows.length, column }
    shown.reveal(rows.length)
    setWriting(undefined)
    setActive({ row: rows.length, column })
  }
  const write = (place: Place, isCleared = false) => {
    const column = columns[place.column]
    const row = rows[place.row]
    if (!column || !row || !entered.has(column.id) || !isVisible(row, column.id)) return
    flushSync(() => {
      if (isCleared && (row[column.id] ?? null) !== null) onChange(setCell(rows, place.row, column.id, null))
      setActive(place)
      setWriting({ ...place, before: row })
    })
    const control = document.getElementById(controlId(place))
    control?.focus()
    if (control instanceof HTMLInputElement && !isCleared) control.select()
  }
  const controlId = (place: Place) => `${id}_${place.row}_${columns[place.column]?.id ?? ''}`
  const down = (place: Place) =>
    place.row === rows.length - 1 ? append(place.column) : goTo(place.row + 1, place.column)
  const onward = (place: Place, by: 1 | -1): boolean => {
    const next = place.column + by
    if (next >= 0 && next < columns.length) goTo(place.row, next)
    else if (by > 0 && place.row < rows.length - 1) goTo(place.row + 1, 0)
    else if (by < 0 && place.row > 0) goTo(place.row - 1, columns.length - 1)
    else return false
    return true
  }

  const onWritingKey = (event: KeyboardEvent, place: Writing) => {
    if (event.nativeEvent.isComposing) return
    // An open list takes the arrows and Enter for itself.
    const isListOpen = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true'
    const isLines = event.target instanceof HTMLTextAreaElement && (event.shiftKey || event.altKey)
    if (event.key === 'Enter' && !isListOpen && !isLines) {
      event.preventDefault()
      down(place)
    } else if (event.key === 'Tab') {
      if (onward(place, event.shiftKey ? -1 : 1)) event.preventDefault()
    } else if (event.key === 'Escape' && !isListOpen) {
      onChange(rows.with(place.row, place.before))
      goTo(place.row, place.column)
    } else return
    event.stopPropagation()
  }
  const onCellKey = (event: KeyboardEvent, place: Place) => {
    const column = columns[place.column]
    const isCommand = event.ctrlKey || event.metaKey
    const moves: { readonly [key: string]: readonly [number, number] } = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -columns.length],
      End: [0, columns.length],
      PageUp: [-10, 0],
      PageDown: [10, 0],
    }
    const move = moves[event.key]
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const by = event.key === 'ArrowUp' ? -1 : 1
      onChange(moveRow(rows, place.row, by))
      goTo(place.row + by, place.column)
    } else if (move && !isCommand) goTo(place.row + move[0], place.column + move[1])
    else if (event.key === 'Enter' || event.key === 'F2') {
      if (column && entered.has(column.id)) write(place)
      else down(place)
    } else if (event.key === 'Tab') {
      if (!onward(place, event.shiftKey ? -1 : 1)) return
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && column && entered.has(column.id))
      onChange(setCell(rows, place.row, column.id, null))
    else {
      // The letter itself goes on to the control that has the focus by then.
      if (event.key.length === 1 && !isCommand && !event.altKey && event.key !== ' ') write(place, true)
      else if (event.key === ' ' || event.key === 'Process') write(place)
      return
    }
    event.preventDefault()
  }
  const paste = (event: ClipboardEvent) => {
    const place = placeOf(event.target)
    const column = columns[place?.column ?? -1]
    if (writing || !place || !column || disabled) return
    const text = event.clipboardData.getData('text/plain')
    if (text === '') return
    event.preventDefault()
    void pasting.paste(text, { row: place.row, column: column.id })
  }
  const copy = (event: ClipboardEvent) => {
    const place = placeOf(event.target)
    const column = columns[place?.column ?? -1]
    if (writing || !place || !column) return
    event.preventDefault()
    const value = rows[place.row]?.[column.id] ?? null
    event.clipboardData.setData('text/plain', fieldToText(value, column, { locale, zone, form }))
  }

  return (
    <div className={styles.edit} id={id}>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragOver={({ active: { id: from }, over }: DragOverEvent) =>
          setTarget(
            over && over.id !== from
              ? { id: String(over.id), side: indexOf(over.id) > indexOf(from) ? 'below' : 'above' }
              : undefined,
          )
        }
        onDragCancel={() => setTarget(undefined)}
        onDragEnd={({ active: { id: from }, over }) => {
          setTarget(undefined)
          if (over && over.id !== from) onChange(moveRowTo(rows, indexOf(from), indexOf(over.id)))
        }}
        accessibility={{ screenReaderInstructions: { draggable: t('table.drag') }, announcements: silent }}
      >
        <div className={styles.scroll} ref={frame} onScroll={shown.onScroll} data-tall={shown.isTall}>
          <table
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: one moves from cell to cell
            role="grid"
            className={styles.table}
            aria-label={resolveText(field.label, locale)}
            aria-rowcount={rows.length + 1}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            aria-disabled={disabled || undefined}
            onPaste={paste}
            onCopy={copy}
          >
            <thead>
              <tr>
                <th className={styles.number} scope="col">
                  #
                </th>
                {columns.map((column) => (
                  <th key={column.id} scope="col" data-column={column.id} data-right={isRightAligned(column)}>
                    {fieldLabel(column, locale)}
                    {isRequired(column.definition) && (
                      <span className={styles.required} title={t('requiredMark')} aria-hidden>
                        *
                      </span>
                    )}
                    <ColumnHelp text={helpOf(column, locale)} />
                  </th>
                ))}
                <th className={styles.tools} scope="col">
                  <span className="visually-hidden">{t('table.tools')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.above > 0 && <tr aria-hidden style={{ height: shown.above }} />}
              {rows.slice(shown.from, shown.to).map((row, index) => {
                const at = shown.from + index
                return (
                  <tr key={row.id} aria-rowindex={at + 2} data-drop={target?.id === row.id ? target.side : undefined}>
                    <RowHandle id={row.id} number={at + 1} disabled={disabled || rows.length < 2} />
                    {columns.map((column, number) => {
                      const place = { row: at, column: number }
                      const isActive = active.row === at && active.column === number
                      const isWritten = writing?.row === at && writing.column === number
                      const problem = places?.get(`${at}/${column.id}`)
                      const isShown = isVisible(row, column.id)
                      const Edit = column.definition && faceOf(column.definition.type).Edit
                      return (
                        <td
                          key={column.id}
                          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the cells have the focus
                          role="gridcell"
                          tabIndex={isActive && !isWritten ? 0 : -1}
                          data-cell={`${at}/${number}`}
                          data-right={isRightAligned(column)}
                          data-readonly={!entered.has(column.id)}
                          data-hidden={!isShown}
                          data-writing={isWritten}
                          aria-readonly={!entered.has(column.id) || !isShown}
                          aria-invalid={problem !== undefined || undefined}
                          title={problem ?? (isShown ? undefined : t('table.notAsked'))}
                          onFocus={(event) => {
                            if (event.target === event.currentTarget && !isActive) setActive(place)
                          }}
                          onClick={() => {
                            if (!isWritten) write(place)
                          }}
                          onKeyDown={(event) =>
                            isWritten && writing
                              ? onWritingKey(event, writing)
                              : event.target === event.currentTarget && onCellKey(event, place)
                          }
                          onBlur={(event) => {
                            if (!isWritten || event.currentTarget.contains(event.relatedTarget)) return
                            setWriting(undefined)
                            onBlur?.()
                          }}
                        >
                          {isWritten && Edit && column.definition ? (
                            <Edit
                              field={column.definition}
                              id={controlId(place)}
                              value={row[column.id]}
                              onChange={(value) =>
                                onChange(writeCell(rows, at, column.id, value as CellValue, { form, around }))
                              }
                              invalid={problem !== undefined}
                            />
                          ) : (
                            <CellText column={column} value={row[column.id]} />
                          )}
                        </td>
                      )
                    })}
                    <td className={styles.tools}>
                      {!disabled && <RowMenu rows={rows} at={at} isFull={isFull} onChange={onChange} />}
                    </td>
                  </tr>
                )
              })}
              {shown.below > 0 && <tr aria-hidden style={{ height: shown.below }} />}
              {rows.length === 0 && (
                <tr>
                  <td colSpan={columns.length + 2} className={styles.empty}>
                    {resolveText(field.placeholder, locale) || t('table.empty')}
                  </td>
                </tr>
              )}
            </tbody>
            <TotalsRow rows={rows} form={form} trailing={1} />
          </table>
        </div>
      </DndContext>
      <PasteNotice rows={rows} finding={pasting.finding} unfound={pasting.unfound} onClose={pasting.dismiss} />
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined aria-hidden />}
        disabled={isFull}
        onClick={() => append()}
        className={styles.add ?? ''}
      >
        {t('table.add')}
      </Button>
    </div>
  )
}

/** The cell that an event happened in. */
function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  const [row, column] = cell?.dataset.cell?.split('/').map(Number) ?? []
  return row === undefined || column === undefined ? undefined : { row, column }
}

const cellAt = (frame: HTMLElement | null, { row, column }: Place): HTMLElement | null =>
  frame?.querySelector<HTMLElement>(`[data-cell="${row}/${column}"]`) ?? null
