import { type FieldTypeName, type FieldValue, formatScaled, parseScaled } from '@tenon/engine'
import { InputNumber } from 'antd'
import type { EditProps } from '../fields/contract.ts'
import { controlProps } from './control-props.ts'

type Props = Omit<EditProps<FieldTypeName>, 'field'> & {
  readonly scale: number
  /** The value is a JSON number; absent: exact text. */
  readonly integer?: boolean
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  readonly placeholder?: string | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
}

/**
 * Numbers as exact text of `scale` decimals, so that no digit passes through a float; whole numbers of kind integer are
 * numbers. Limits are told by the form, not enforced while typing: a half-typed number is not wrong yet.
 */
export function NumberInput({ scale, integer = false, prefix, suffix, placeholder, value, onChange, ...rest }: Props) {
  const canonical = (text: string | number | null): FieldValue => {
    if (text === null || text === '') return null
    if (integer) return Number(text)
    const scaled = parseScaled(String(text), scale)
    return scaled === undefined ? String(text) : formatScaled(scaled, scale)
  }
  return (
    <InputNumber
      {...controlProps(rest)}
      stringMode
      precision={scale}
      value={value === null || value === undefined ? null : String(value)}
      onChange={(text) => onChange(canonical(text))}
      prefix={prefix}
      suffix={suffix}
      placeholder={placeholder ?? ''}
      inputMode={scale === 0 ? 'numeric' : 'decimal'}
      controls={false}
      style={{ width: '100%' }}
    />
  )
}
