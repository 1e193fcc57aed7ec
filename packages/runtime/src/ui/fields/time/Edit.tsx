import { readTimeOfDay } from '@tenon/engine'
import { TimePicker } from 'antd'
import dayjs from 'dayjs'
import { controlProps } from '../../controls/control-props.ts'
import type { EditProps } from '../contract.ts'

/** Any day will do on which no clock is changed. */
const clockAt = (time: string) => dayjs(`2000-01-03T${time}`)

export function TimeEdit({ value, onChange, ...rest }: EditProps<'time'>) {
  const time = typeof value === 'string' && /^\d\d:\d\d:\d\d$/.test(value) ? value : undefined
  const hasSeconds = time !== undefined && !time.endsWith(':00')
  /** `下午3:20` and `3 PM` are read before the picker forgets them. */
  const take = (control: EventTarget): boolean => {
    const found = readTimeOfDay((control as HTMLInputElement).value.normalize('NFKC').trim())
    if (found === undefined || found === time) return false
    onChange(found)
    return true
  }
  return (
    <TimePicker
      {...controlProps(rest)}
      format={hasSeconds ? 'HH:mm:ss' : ['HH:mm', 'H:mm']}
      // What the pointer is over is not what is written.
      previewValue={false}
      // One press less: what is chosen is there, as with a day.
      needConfirm={false}
      value={time === undefined ? null : clockAt(time)}
      onChange={(at) => onChange(at ? at.format(hasSeconds ? 'HH:mm:ss' : 'HH:mm:00') : null)}
      onBlur={({ target }) => {
        take(target)
        rest.onBlur?.()
      }}
      onKeyDown={(event, preventDefault) => {
        if (event.key === 'Enter' && take(event.target)) preventDefault()
      }}
      style={{ width: '100%' }}
    />
  )
}
