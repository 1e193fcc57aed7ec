import { DownOutlined, PlusOutlined } from '@ant-design/icons'
import {
  type CellValue,
  type FieldModel,
  type FieldValue,
  fieldLabel,
  isCellVisible,
  type Locale,
  resolveText,
} from '@tenon/engine'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../environment.tsx'
import { FieldFrame } from '../../form/FieldFrame.tsx'
import { useFormFacts } from '../../show/FormFacts.tsx'
import { useCellFaces } from '../cell-faces.tsx'
import { CellText } from './CellText.tsx'
import { RowMenu } from './RowMenu.tsx'
import { addRow, enteredColumns, newRowId, writeCell } from './row-edits.ts'
import { mostRows, type RowsProps } from './rows-props.ts'
import { TotalLines } from './Totals.tsx'
import styles from './table.module.css'

/** A card for each row; the open one can be filled in, the others say what is in them. */
export function RowCards({
  field,
  form,
  rows,
  onChange,
  id,
  places,
  describedBy,
  disabled = false,
  onBlur,
}: RowsProps) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const around = useFormFacts()
  const [open, setOpen] = useState<string>()
  const columns = [...form.fields.values()]
  const entered = new Set(disabled ? [] : enteredColumns(form).map((column) => column.id))
  const isFull = disabled || rows.length >= mostRows(field)
  const add = () => {
    const row = newRowId()
    setOpen(row)
    onChange(addRow(rows, rows.length, row))
  }
  return (
    <section id={id} aria-label={resolveText(field.label, locale)} aria-describedby={describedBy}>
      <ul className={styles.cards}>
        {rows.map((row, at) => {
          const isOpen = open === row.id
          const problems = columns.filter((column) => places?.has(`${at}/${column.id}`)).length
          return (
            <li key={row.id} className={styles.card} data-invalid={problems > 0}>
              <div className={styles.cardHead}>
                <button
                  type="button"
                  className={styles.cardTitle}
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? undefined : row.id)}
                >
                  <DownOutlined aria-hidden className={styles.chevron} data-open={isOpen} />
                  <span className={styles.cardNumber}>{t('itemNumber', { number: at + 1 })}</span>
                  {!isOpen &&
                    columns.slice(0, 3).map((column) => (
                      <span key={column.id} className={styles.summary}>
                        <CellText column={column} value={row[column.id]} />
                      </span>
                    ))}
                  {problems > 0 && (
                    <span className={styles.cardProblem}>{t('table.problems', { count: problems })}</span>
                  )}
                </button>
                {!disabled && <RowMenu rows={rows} at={at} isFull={isFull} onChange={onChange} />}
              </div>
              {isOpen && (
                <div className={styles.cardBody}>
                  {columns.map((column) => {
                    if (!isCellVisible(row, column.id, form, around)) return null
                    const problem = places?.get(`${at}/${column.id}`)
                    return (
                      <CardField
                        key={column.id}
                        column={column}
                        id={`${id}_${row.id}_${column.id}`}
                        value={row[column.id]}
                        editable={entered.has(column.id)}
                        problem={problem}
                        onChange={(value) =>
                          onChange(writeCell(rows, at, column.id, value as CellValue, { form, around }))
                        }
                        onBlur={onBlur}
                      />
                    )
                  })}
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {rows.length === 0 && (
        <p className={styles.empty}>{resolveText(field.placeholder, locale) || t('table.empty')}</p>
      )}
      <TotalLines rows={rows} form={form} />
      <Button block icon={<PlusOutlined aria-hidden />} disabled={isFull} onClick={add}>
        {t('table.add')}
      </Button>
    </section>
  )
}

type CardFieldProps = {
  readonly column: FieldModel
  readonly id: string
  readonly value: CellValue | undefined
  readonly editable: boolean
  readonly problem: string | undefined
  readonly onChange: (value: FieldValue) => void
  readonly onBlur: (() => void) | undefined
}

/** One cell with its label. */
function CardField({ column, id, value, editable, problem, onChange, onBlur }: CardFieldProps) {
  const { locale } = useUi()
  const faceOf = useCellFaces()
  const { definition } = column
  if (!definition) return null
  const Edit = editable ? faceOf(definition.type).Edit : undefined
  return (
    <FieldFrame
      id={id}
      label={fieldLabel(column, locale)}
      help={helpOf(column, locale)}
      required={isRequired(definition)}
      problems={problem === undefined ? [] : [problem]}
      around={Edit ? 'control' : 'value'}
    >
      {(describedBy) =>
        Edit ? (
          <Edit
            field={definition}
            id={id}
            value={value}
            onChange={onChange}
            onBlur={onBlur}
            invalid={problem !== undefined}
            describedBy={describedBy}
          />
        ) : (
          <CellText column={column} value={value} />
        )
      }
    </FieldFrame>
  )
}

export const helpOf = ({ definition }: FieldModel, locale: Locale): string =>
  definition && 'help' in definition ? resolveText(definition.help, locale) : ''

export const isRequired = (definition: object | undefined): boolean =>
  definition !== undefined && 'required' in definition && definition.required === true
