import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone.js'
import utc from 'dayjs/plugin/utc.js'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

dayjs.extend(utc)
dayjs.extend(timezone)

/** Entered in the viewer's zone, kept as an instant. */
export function DateTimeEdit({ value, onChange, ...rest }: EditProps<'dateTime'>) {
  const { zone } = useUi()
  const shown = typeof value === 'string' ? dayjs(dayjs(value).tz(zone).format('YYYY-MM-DDTHH:mm')) : null
  return (
    <DatePicker
      {...controlProps(rest)}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      value={shown}
      onChange={(wall) => onChange(wall ? dayjs.tz(wall.format('YYYY-MM-DDTHH:mm'), zone).toISOString() : null)}
      style={{ width: '100%' }}
    />
  )
}
