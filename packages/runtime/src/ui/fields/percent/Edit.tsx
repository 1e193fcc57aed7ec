import { resolveText } from '@tenon/engine'
import { NumberInput } from '../../controls/NumberInput.tsx'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function PercentEdit({ field, ...rest }: EditProps<'percent'>) {
  const { locale } = useUi()
  return (
    <NumberInput {...rest} scale={field.scale ?? 0} suffix="%" placeholder={resolveText(field.placeholder, locale)} />
  )
}
