import { formatPhone } from '../../show/format.ts'
import type { ShowProps } from '../contract.ts'

export const PhoneCell = ({ value }: ShowProps<'phone'>) => (
  <span style={{ fontVariantNumeric: 'tabular-nums' }}>{formatPhone(String(value))}</span>
)
