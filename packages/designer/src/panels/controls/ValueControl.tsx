import { type Field, isObject, type ValueExpression, valueTypeOf } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps, PanelScope } from '../contract.ts'
import { formOfScope, useDraftApp } from '../draft-app.ts'
import { FormulaControl } from '../formula/FormulaControl.tsx'
import { naming } from '../naming.ts'
import styles from './controls.module.css'
import { LiteralControl, LiteralsControl } from './LiteralControl.tsx'
import { isRefValue, RefControl } from './RefControl.tsx'

type Props = ControlProps<ValueExpression> & {
  /** Definition of the field the value is for; absent: any value. */
  readonly field?: unknown
}
type Way = 'literal' | 'ref' | 'formula' | 'empty'

function wayOf(value: unknown): Way | undefined {
  if (value === undefined) return undefined
  if (value === null) return 'empty'
  if (isRefValue(value)) return 'ref'
  return isObject(value) ? 'formula' : 'literal'
}

/** A value: written down, taken from a field, or computed. */
export function ValueControl({ value, onChange, scope, label = '', id, field }: Props) {
  const { t } = useTranslation('panels')
  const [wanted, setWanted] = useState<Way>('literal')
  const way = wayOf(value) ?? wanted
  const choose = (next: Way) => {
    setWanted(next)
    onChange(next === 'empty' ? null : undefined)
  }
  return (
    <div className={styles.valued}>
      <Select
        aria-label={`${label} ${t('way.title')}`}
        value={way}
        options={(['literal', 'ref', 'formula', 'empty'] as const).map((one) => ({
          value: one,
          label: t(`way.${one}`),
        }))}
        onChange={choose}
        className={styles.way ?? ''}
      />
      <div className={styles.grow}>
        {way === 'ref' && (
          <RefControl
            id={id}
            label={label}
            scope={scope}
            value={isRefValue(value) ? value : undefined}
            onChange={onChange}
          />
        )}
        {way === 'formula' && (
          <FormulaControl
            id={id}
            label={label}
            scope={scope}
            value={isObject(value) && 'formula' in value ? value.formula : undefined}
            onChange={(formula) => onChange(formula === undefined ? undefined : { formula })}
          />
        )}
        {way === 'literal' && (
          <Literal
            id={id}
            label={label}
            field={field as Field | undefined}
            value={value}
            onChange={onChange}
            scope={scope}
          />
        )}
      </div>
    </div>
  )
}

type LiteralProps = {
  readonly id?: string | undefined
  readonly label: string
  readonly field: Field | undefined
  readonly value: unknown
  readonly onChange: (next: ValueExpression | undefined) => void
  readonly scope: PanelScope
}

function Literal({ id, label, field, value, onChange, scope }: LiteralProps) {
  const { currency } = useUi()
  const model = formOfScope(scope, useDraftApp().lookup)
  const type = field && valueTypeOf(field, { currency })
  if (!field || !type)
    return (
      <Input
        {...naming(id, label)}
        value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
    )
  const subject = {
    value: type,
    field: { id: field.id, definition: field, system: false, value: type, target: undefined, stored: true },
    form: model,
  }
  const Control = type.kind === 'list' ? LiteralsControl : LiteralControl
  return (
    <Control
      id={id}
      label={label}
      subject={subject}
      value={value}
      onChange={(next) => onChange(next as ValueExpression)}
    />
  )
}
