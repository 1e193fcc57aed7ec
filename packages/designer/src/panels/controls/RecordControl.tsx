import { CloseOutlined } from '@ant-design/icons'
import { isObject, propertySchema, type ReferenceRule, type ValueExpression } from '@tenon/engine'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps, SchemaControlProps } from '../contract.ts'
import { useDraftApp } from '../draft-app.ts'
import { freshValue } from '../fresh-value.ts'
import { useProperty } from '../property-context.ts'
import styles from './controls.module.css'
import { groupedOptions, useReferenceChoices } from './ReferenceControl.tsx'
import { ValueControl } from './ValueControl.tsx'

type Entries = { readonly [key: string]: unknown }

/** Entries by a name: a field and what becomes of it, or any name and its value. */
export function RecordControl(props: SchemaControlProps) {
  const { schema, value, onChange, root, scope, siblings, label } = props
  const { t } = useTranslation('panels')
  const entries: Entries = isObject(value) ? value : {}
  const rule = schema['x-keys'] as ReferenceRule | undefined
  const put = (key: string, next: unknown) => onChange({ ...entries, [key]: next })
  const drop = (key: string) => {
    const { [key]: _gone, ...rest } = entries
    onChange(rest)
  }
  const { choices, labelOf } = useReferenceChoices(rule ?? { kind: 'field' }, scope, siblings)
  const nameOf = (key: string) => (rule ? labelOf(key) : key)
  const add = (key: string) =>
    put(key, freshValue(propertySchema(key, schema) ?? {}, root, 'entry', () => false) ?? (rule?.values ? null : ''))
  const left = choices.filter((choice) => !Object.hasOwn(entries, choice.value))
  return (
    <div className={styles.list}>
      {Object.keys(entries).map((key) => (
        <div key={key} className={styles.pair}>
          <span className={styles.pairName} title={nameOf(key)}>
            {nameOf(key)}
          </span>
          <div className={styles.pairValue}>
            <EntryValue
              {...props}
              name={key}
              title={nameOf(key)}
              rule={rule}
              value={entries[key]}
              onChange={(next) => put(key, next ?? null)}
            />
          </div>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('removeOne', { name: nameOf(key) })}
            onClick={() => drop(key)}
          />
        </div>
      ))}
      {rule ? (
        <Select
          aria-label={t('addTo', { name: label })}
          size="small"
          value={null}
          placeholder={t('addField')}
          options={groupedOptions(left)}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(next: string | null) => next !== null && add(next)}
          style={{ width: '100%' }}
        />
      ) : (
        <NewName label={t('addTo', { name: label })} onAdd={add} isTaken={(name) => Object.hasOwn(entries, name)} />
      )}
    </div>
  )
}

type EntryProps = SchemaControlProps & {
  readonly name: string
  readonly title: string
  readonly rule: ReferenceRule | undefined
}

function EntryValue({ name, title, rule, ...props }: EntryProps) {
  const Property = useProperty()
  const { lookup } = useDraftApp()
  const { schema, siblings, scope } = props
  if (rule?.kind === 'field' && rule.values) {
    const of = rule.of === undefined ? scope.form : siblings[rule.of]
    const field = typeof of === 'string' ? lookup(of)?.fields.get(name) : undefined
    return (
      <ValueControl {...(props as unknown as ControlProps<ValueExpression>)} label={title} field={field?.definition} />
    )
  }
  const inner = propertySchema(name, schema) ?? {}
  const place = rule?.kind === 'form' ? { ...scope, form: name } : scope
  return <Property {...props} schema={inner} scope={place} required label={title} />
}

type NewNameProps = {
  readonly label: string
  readonly onAdd: (name: string) => void
  readonly isTaken: (name: string) => boolean
}

function NewName({ label, onAdd, isTaken }: NewNameProps) {
  const { t } = useTranslation('panels')
  const [name, setName] = useState('')
  const add = () => {
    if (name === '' || isTaken(name)) return
    onAdd(name)
    setName('')
  }
  return (
    <Input.Search
      size="small"
      aria-label={label}
      placeholder={t('newName')}
      enterButton={t('add')}
      value={name}
      onChange={(event) => setName(event.target.value.trim())}
      onSearch={add}
    />
  )
}
