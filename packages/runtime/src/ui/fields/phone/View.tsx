import { formatPhone } from '../../show/format.ts'
import type { ShowProps } from '../contract.ts'

export const PhoneView = ({ value }: ShowProps<'phone'>) => (
  <a href={`tel:${String(value)}`}>{formatPhone(String(value))}</a>
)
