import { MoneyText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export const MoneyView = ({ field, value }: ShowProps<'money'>) => (
  <MoneyText value={String(value)} currency={field.currency} />
)
