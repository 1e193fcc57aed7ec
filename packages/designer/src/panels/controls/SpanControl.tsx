import { InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { useAbsentWords } from '../use-absent-words.ts'

const units = ['D', 'W', 'M', 'Y'] as const
type Unit = (typeof units)[number]

/** The last so many days, weeks, months or years: a number and its unit. */
export function SpanControl({ schema, value, onChange, id, label }: SchemaControlProps) {
  const { t } = useTranslation('panels')
  const placeholder = useAbsentWords(schema)
  const [wanted, setWanted] = useState<Unit>('D')
  const [, count, written] = /^P(\d+)([DWMY])$/.exec(typeof value === 'string' ? value : '') ?? []
  const unit = units.find((one) => one === written) ?? wanted
  return (
    <Space.Compact block>
      <InputNumber
        {...naming(id, label)}
        min={1}
        precision={0}
        controls={false}
        value={count === undefined ? null : Number(count)}
        placeholder={placeholder}
        onChange={(next) => onChange(typeof next === 'number' ? `P${next}${unit}` : undefined)}
        style={{ width: '60%' }}
      />
      <Select
        aria-label={`${label} ${t('unit')}`}
        value={unit}
        options={units.map((one) => ({ value: one, label: t(`spanUnits.${one}`) }))}
        onChange={(next: Unit) => {
          setWanted(next)
          if (count !== undefined) onChange(`P${count}${next}`)
        }}
        style={{ width: '40%' }}
      />
    </Space.Compact>
  )
}
