import { webAddressText } from '@tenon/engine'
import type { ShowProps } from '../contract.ts'

export const UrlCell = ({ value }: ShowProps<'url'>) => (
  <span title={String(value)}>{webAddressText(String(value))}</span>
)
