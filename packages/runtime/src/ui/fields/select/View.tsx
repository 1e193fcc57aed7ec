import { resolveText } from '@tenon/engine'
import { useUi } from '../../environment.tsx'
import { TonePill } from '../../show/TonePill.tsx'
import type { ShowProps } from '../contract.ts'

export function SelectView({ field, value }: ShowProps<'select'>) {
  const { locale } = useUi()
  const option = field.options.find((one) => one.id === value)
  const text = option ? resolveText(option.label, locale) : String(value)
  return option?.tone ? <TonePill tone={option.tone}>{text}</TonePill> : <span>{text}</span>
}
