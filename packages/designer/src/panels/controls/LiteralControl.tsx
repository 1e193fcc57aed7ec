import { type Choice, type Field, type FieldValue, fieldOptions, resolveText } from '@tenon/engine'
import { faceOf, PeopleSelect, PersonSelect, useUi } from '@tenon/runtime/ui'
import { Input, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { enteringField, type Subject } from '../field-at.ts'
import { naming } from '../naming.ts'
import styles from './controls.module.css'
import { DurationControl } from './DurationControl.tsx'

type Props = {
  readonly subject: Subject
  readonly value: unknown
  readonly onChange: (next: unknown) => void
  readonly label: string
  readonly id?: string | undefined
}

const optionsOf = ({ field, form }: Subject): readonly Choice[] => (field && form ? fieldOptions(field, form) : [])

const isPeople = ({ field }: Subject): boolean => field?.target?.kind === 'user'

/** One value of a field, written with the field's own widget. */
export function LiteralControl(props: Props) {
  const { subject, value, onChange, label, id } = props
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const own = useId()
  const choices = optionsOf(subject)
  if (choices.length > 0)
    return (
      <Select
        {...naming(id, label)}
        value={typeof value === 'string' ? value : null}
        options={choices.map((one) => ({ value: one.id, label: resolveText(one.label, locale) }))}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('choose')}
        onChange={(next: string) => onChange(next)}
        style={{ width: '100%' }}
      />
    )
  if (isPeople(subject) && subject.value.kind === 'list') return <LiteralsControl {...props} />
  // Of several people one is asked for.
  if (isPeople(subject) && subject.field?.value.kind === 'list')
    return (
      <fieldset className={styles.fieldset} aria-label={label}>
        <PersonSelect
          id={id ?? own}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
          ariaLabel={label}
        />
      </fieldset>
    )
  const field = enteringField(subject)
  if (field?.type === 'boolean')
    return (
      <Select
        {...naming(id, label)}
        value={typeof value === 'boolean' ? value : null}
        options={[
          { value: true, label: t('yes') },
          { value: false, label: t('no') },
        ]}
        placeholder={t('choose')}
        onChange={(next: boolean) => onChange(next)}
        style={{ width: '100%' }}
      />
    )
  if (field?.type === 'duration')
    return (
      <DurationControl
        id={id}
        label={label}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
        scope={{ path: '', form: undefined }}
      />
    )
  const Edit = field && field.type !== 'text' && field.type !== 'longText' ? faceOf(field.type).Edit : undefined
  if (!field || !Edit)
    return (
      <Input
        {...naming(id, label)}
        value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
    )
  return (
    <fieldset className={styles.fieldset} aria-label={label}>
      {id === undefined && (
        <label htmlFor={own} className={styles.told}>
          {label}
        </label>
      )}
      <Edit
        field={plainField(field)}
        id={id ?? own}
        value={asFieldValue(value)}
        onChange={(next) => onChange(next ?? undefined)}
      />
    </fieldset>
  )
}

/** Without what only makes sense on a form: placeholder, help. */
const plainField = (field: Field): Field => {
  const { placeholder: _one, help: _other, ...plain } = field
  return plain as Field
}
const asFieldValue = (value: unknown): FieldValue | undefined =>
  value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))
    ? undefined
    : (value as FieldValue)

/** Several values of a field. */
export function LiteralsControl({ subject, value, onChange, label, id }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const choices = optionsOf(subject)
  const chosen = Array.isArray(value) ? value.map(String) : []
  const own = useId()
  const isNumber = ['integer'].includes(subject.value.kind)
  if (isPeople(subject))
    return (
      <fieldset className={styles.fieldset} aria-label={label}>
        <PeopleSelect
          id={id ?? own}
          value={chosen}
          onChange={(next) => onChange([...next])}
          placeholder={t('choose')}
        />
      </fieldset>
    )
  return (
    <Select
      {...naming(id, label)}
      mode={choices.length > 0 ? 'multiple' : 'tags'}
      value={chosen}
      options={choices.map((one) => ({ value: one.id, label: resolveText(one.label, locale) }))}
      optionFilterProp="label"
      placeholder={t('choose')}
      onChange={(next: string[]) => onChange(isNumber ? next.map(Number).filter(Number.isFinite) : next)}
      style={{ width: '100%' }}
    />
  )
}
