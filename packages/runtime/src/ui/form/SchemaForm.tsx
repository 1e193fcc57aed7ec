import Form from '@rjsf/core/lib/components/Form.js'
import type {
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps,
  RJSFSchema,
  TitleFieldProps,
  UiSchema,
  WidgetProps,
} from '@rjsf/utils'
import { isObject, own, resolveText, type TextValue } from '@tenon/engine'
import { Button, Input, InputNumber, Select, Switch } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import styles from './form.module.css'
import { formValidator } from './validator.ts'

type Props = {
  /** A TypeBox schema, or any JSON Schema with `x-ui` titles. */
  readonly schema: object
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly uiSchema?: UiSchema
}

/** The title an author reads: in the reader's language where `x-ui` has one. */
function titleOf(schema: RJSFSchema | undefined, fallback: string, locale: string): string {
  const titles = own(own(schema, 'x-ui'), 'titles')
  return isObject(titles) ? resolveText(titles as TextValue, locale) : (schema?.title ?? fallback)
}

function Box({
  id,
  label,
  required,
  displayLabel,
  schema,
  rawDescription,
  rawErrors,
  children,
  hidden,
}: FieldTemplateProps) {
  const { locale } = useUi()
  if (hidden) return null
  const container = schema.type === 'object' || schema.type === 'array'
  return (
    <div className={styles.cell}>
      {displayLabel !== false && !container && (
        <label htmlFor={id} className={styles.label}>
          {titleOf(schema, label, locale)}
          {required && <span className={styles.required}>*</span>}
        </label>
      )}
      {children}
      {rawErrors && rawErrors.length > 0 ? (
        <div className={styles.problem} role="alert">
          {rawErrors.join(' ')}
        </div>
      ) : (
        rawDescription && !container && <div className={styles.help}>{rawDescription}</div>
      )}
    </div>
  )
}

const ObjectBox = ({ properties, schema, title, fieldPathId }: ObjectFieldTemplateProps) => {
  const { locale } = useUi()
  const inner = fieldPathId.path.length > 0
  return (
    <div className={styles.section}>
      {inner && <h3 className={styles.title}>{titleOf(schema, title, locale)}</h3>}
      <div className={styles.grid} data-columns="1">
        {properties
          .filter(({ hidden }) => !hidden)
          .map(({ name, content }) => (
            <div key={name}>{content}</div>
          ))}
      </div>
    </div>
  )
}

const ListBox = ({ items, canAdd, onAddClick, schema, title }: ArrayFieldTemplateProps) => {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  return (
    <div className={styles.section}>
      <span className={styles.label}>{titleOf(schema, title, locale)}</span>
      {items}
      {canAdd && (
        <Button size="small" onClick={onAddClick}>
          {t('addItem')}
        </Button>
      )}
    </div>
  )
}

const TextWidget = ({ id, value, onChange, disabled, readonly, placeholder }: WidgetProps) => (
  <Input
    id={id}
    value={value ?? ''}
    disabled={disabled || readonly || false}
    placeholder={placeholder ?? ''}
    onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
  />
)
const NumberWidget = ({ id, value, onChange, disabled, readonly }: WidgetProps) => (
  <InputNumber
    id={id}
    value={value ?? null}
    disabled={disabled || readonly || false}
    onChange={(next) => onChange(next ?? undefined)}
    style={{ width: '100%' }}
  />
)
const ChoiceWidget = ({ id, value, onChange, disabled, readonly, options }: WidgetProps) => (
  <Select
    id={id}
    allowClear
    value={value ?? null}
    disabled={disabled || readonly || false}
    options={(options.enumOptions ?? []).map((option) => ({ value: option.value, label: option.label }))}
    onChange={(next) => onChange(next ?? undefined)}
    style={{ width: '100%' }}
  />
)
const SwitchWidget = ({ id, value, onChange, disabled, readonly }: WidgetProps) => (
  <Switch
    id={id}
    checked={value === true}
    disabled={disabled || readonly || false}
    onChange={(next) => onChange(next)}
  />
)
const NoTitle = (_: TitleFieldProps) => null

const templates = {
  FieldTemplate: Box,
  ObjectFieldTemplate: ObjectBox,
  ArrayFieldTemplate: ListBox,
  TitleFieldTemplate: NoTitle,
}
const widgets = {
  TextWidget,
  NumberWidget,
  UpDownWidget: NumberWidget,
  SelectWidget: ChoiceWidget,
  CheckboxWidget: SwitchWidget,
  TextareaWidget: TextWidget,
}

/** A form for a definition's own schema: the property panel a type gets without writing one. */
export function SchemaForm({ schema, value, onChange, uiSchema }: Props) {
  const drawn = useMemo<UiSchema>(() => ({ 'ui:submitButtonOptions': { norender: true }, ...uiSchema }), [uiSchema])
  return (
    <Form
      tagName="div"
      schema={schema as RJSFSchema}
      uiSchema={drawn}
      formData={value}
      validator={formValidator}
      templates={templates as never}
      widgets={widgets}
      noHtml5Validate
      noValidate
      showErrorList={false}
      onChange={({ formData }) => onChange(formData)}
    >
      {null}
    </Form>
  )
}
