import { InputNumber } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

/** A share of one, read and written in per cent. */
export function PercentControl({ schema, value, onChange, id, label }: SchemaControlProps) {
  const bound = (limit: unknown) => (typeof limit === 'number' ? inPercent(limit) : undefined)
  const [min, max] = [bound(schema.minimum), bound(schema.maximum)]
  return (
    <InputNumber
      {...naming(id, label)}
      value={typeof value === 'number' ? inPercent(value) : null}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      suffix="%"
      onChange={(next) => onChange(typeof next === 'number' ? exactly(next / 100) : undefined)}
      style={{ width: '100%' }}
    />
  )
}

/** 0.07 × 100 is 7.000000000000001 in binary: the share is meant as written. */
const exactly = (number: number) => Number(number.toFixed(9))
const inPercent = (share: number) => exactly(share * 100)
