import { type FieldModel, type FieldValue, fieldLabel, resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import { FieldValueView } from '../fields/FieldValueView.tsx'
import { faceOf } from '../fields/index.ts'
import styles from './form.module.css'
import { LinkCard } from './LinkCard.tsx'

type Props = {
  readonly field: FieldModel
  readonly id: string
  readonly value: FieldValue | undefined
  readonly editable: boolean
  readonly required: boolean
  readonly problems: readonly string[]
  /** Of single cells of rows. */
  readonly places?: ReadonlyMap<string, string> | undefined
  readonly onChange: (value: FieldValue) => void
  readonly onBlur?: () => void
}

/** One field of a form: label, control or value, help, and what is wrong with it. */
export function FieldBox({ field, id, value, editable, required, problems, places, onChange, onBlur }: Props) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const definition = field.definition
  const label = fieldLabel(field, locale)
  const help = resolveText(definition?.help, locale)
  const face = definition && faceOf(definition.type)
  const Edit = editable ? face?.Edit : undefined
  const mark = required && (
    <span className={styles.required} title={t('requiredMark')} aria-hidden>
      *
    </span>
  )
  const describedBy = problems.length > 0 ? `${id}_problem` : help ? `${id}_help` : undefined
  const card = field.target?.kind === 'record' && typeof value === 'string'
  return (
    <div>
      {Edit && face?.grouped ? (
        <span className={styles.label}>
          {label}
          {mark}
        </span>
      ) : Edit ? (
        <label htmlFor={id} className={styles.label}>
          {label}
          {mark}
        </label>
      ) : (
        <span className={styles.label}>{label}</span>
      )}
      {Edit && definition ? (
        <Edit
          field={definition}
          id={id}
          value={value}
          onChange={onChange}
          onBlur={onBlur}
          invalid={problems.length > 0}
          describedBy={describedBy}
          places={places}
        />
      ) : (
        <div className={`${styles.value} ${styles.boxed}`}>
          <FieldValueView field={field} value={value} />
        </div>
      )}
      {card && <LinkCard field={field} id={value} />}
      {problems.length > 0 ? (
        <div id={`${id}_problem`} className={styles.problem} role="alert">
          {problems.join(' ')}
        </div>
      ) : (
        help && (
          <div id={`${id}_help`} className={styles.help}>
            {help}
          </div>
        )
      )}
    </div>
  )
}
