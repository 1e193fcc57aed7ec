import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { controlProps } from '../../controls/control-props.ts'
import type { EditProps } from '../contract.ts'

export function DateEdit({ value, onChange, ...rest }: EditProps<'date'>) {
  return (
    <DatePicker
      {...controlProps(rest)}
      value={typeof value === 'string' ? dayjs(value) : null}
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
      style={{ width: '100%' }}
    />
  )
}
