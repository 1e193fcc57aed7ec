import { resolveText } from '@tenon/engine'
import { NumberInput } from '../../controls/NumberInput.tsx'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function NumberEdit({ field, ...rest }: EditProps<'number'>) {
  const { locale } = useUi()
  return (
    <NumberInput
      {...rest}
      scale={field.scale ?? 0}
      integer={(field.scale ?? 0) === 0}
      suffix={resolveText(field.unit, locale)}
      placeholder={resolveText(field.placeholder, locale)}
    />
  )
}
