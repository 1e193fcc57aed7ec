import { instantOfWall, zoneOffsetMs } from '@tenon/engine'
import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

const wall = 'YYYY-MM-DDTHH:mm'

// Not by the zones of dayjs: they treat hours that a clock skips or shows twice in their own way, and while they are
// there every picker asks for them whenever it is drawn, a millisecond and more each time.
function wallIn(zone: string, at: number) {
  // A text that is no moment is no reason to lose the form: it is asked for anew.
  return Number.isNaN(at) ? null : dayjs(new Date(at + zoneOffsetMs(zone, at)).toISOString().slice(0, 16))
}

/** Entered in the viewer's zone, kept as an instant. */
export function DateTimeEdit({ value, onChange, ...rest }: EditProps<'dateTime'>) {
  const { zone } = useUi()
  return (
    <DatePicker
      {...controlProps(rest)}
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      value={typeof value === 'string' ? wallIn(zone, Date.parse(value)) : null}
      onChange={(shown) =>
        onChange(shown ? new Date(instantOfWall(zone, Date.parse(`${shown.format(wall)}Z`))).toISOString() : null)
      }
      style={{ width: '100%' }}
    />
  )
}
