import { resolveText } from '@tenon/engine'
import { useUi } from '../../environment.tsx'
import { DecimalText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export function NumberView({ field, value }: ShowProps<'number'>) {
  const { locale } = useUi()
  return <DecimalText value={value as string | number} unit={resolveText(field.unit, locale)} />
}
