import { CloseCircleFilled, WarningFilled } from '@ant-design/icons'
import { fieldTypes, formModel } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { FieldBox, faceOf, GridCell } from '@tenon/runtime/ui'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../../draft/labels.ts'
import { hasColumns } from '../edits/columns.ts'
import type { FieldDefinition } from '../edits/form-edit.ts'
import styles from '../form-bench.module.css'
import { sampleValue } from '../sample-value.ts'
import { type Selection, useStanding } from './use-selection.ts'

export type FieldSign = { readonly text: string; readonly severity: 'error' | 'warning' }
type Props = {
  readonly field: FieldDefinition
  readonly home: { readonly id: string; readonly currency: string }
  readonly span: number
  readonly selection: Selection
  /** The tab key leads to it while none is chosen. */
  readonly isFirst: boolean
  readonly isCut: boolean
  readonly sign: FieldSign | undefined
}

const ignore = () => {}

/** A field as people will see it, under a cover that chooses and drags it. Drawn again only when it changes itself. */
export const CanvasField = memo(function CanvasField({ field, home, span, selection, isFirst, isCut, sign }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const { model, value } = useMemo(() => alone(field, home), [field, home])
  const conditions = conditionsOf(field)
  const isRequired = 'required' in field && field.required === true
  const name = labelOf(field, locale, t('unnamed'))
  const told = [
    name,
    fieldTypes[field.type].title[locale],
    ...(isRequired ? [t('required')] : []),
    ...conditions.map((one) => t(`condition.${one}`)),
    ...(sign ? [sign.text] : []),
  ].join(t('comma'))
  return (
    <GridCell span={span} className={styles.cell} data-cell data-cut={isCut}>
      <div inert data-table={hasColumns(field) ? field.id : undefined}>
        {model && (
          <FieldBox
            field={model}
            id={`canvas_${field.id}`}
            value={value}
            editable={faceOf(field.type).Edit !== undefined}
            required={isRequired}
            problems={sign ? [sign.text] : []}
            onChange={ignore}
          />
        )}
      </div>
      <Cover id={field.id} selection={selection} isFirst={isFirst} told={told} name={name} />
      <span className={styles.signs} aria-hidden>
        {conditions.map((one) => (
          <span key={one} className={styles.sign}>
            {t(`condition.${one}`)}
          </span>
        ))}
        {sign &&
          (sign.severity === 'error' ? (
            <CloseCircleFilled className={styles.fails} />
          ) : (
            <WarningFilled className={styles.warns} />
          ))}
      </span>
    </GridCell>
  )
})

type CoverProps = Pick<Props, 'selection' | 'isFirst'> & {
  readonly id: string
  readonly told: string
  readonly name: string
}

/** Choosing draws nothing of a field but this. */
function Cover({ id, selection, isFirst, told, name }: CoverProps) {
  const { isChosen, isStop } = useStanding(selection, id, isFirst)
  return (
    <button
      type="button"
      className={styles.cover}
      data-field={id}
      tabIndex={isStop ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={told}
      title={name}
    />
  )
}

const conditionsOf = (field: FieldDefinition) =>
  (['visibleWhen', 'requiredWhen', 'readOnlyWhen'] as const).filter(
    (name) => name in field && field[name as never] !== undefined,
  )

function alone(field: FieldDefinition, home: Props['home']) {
  const form = formModel(
    { id: 'one', kind: 'form', schemaVersion: 1, label: '', title: { formula: 'null' }, fields: [field] },
    home,
  )
  const model = form.fields.get(field.id)
  return { model, value: model ? sampleValue(field, model, form, Date.now()) : null }
}
