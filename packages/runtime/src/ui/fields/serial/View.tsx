import type { ShowProps } from '../contract.ts'

export const SerialView = ({ value }: ShowProps<'serial'>) => (
  <span style={{ fontVariantNumeric: 'tabular-nums' }}>{String(value)}</span>
)
