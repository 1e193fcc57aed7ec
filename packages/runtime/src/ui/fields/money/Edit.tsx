import { resolveText } from '@tenon/engine'
import { NumberInput } from '../../controls/NumberInput.tsx'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'
import { currencyDecimals, currencySign } from './currency.ts'

export function MoneyEdit({ field, ...rest }: EditProps<'money'>) {
  const ui = useUi()
  const currency = field.currency ?? ui.currency
  return (
    <NumberInput
      {...rest}
      scale={currencyDecimals(currency)}
      prefix={currencySign(currency, ui.locale)}
      placeholder={resolveText(field.placeholder, ui.locale)}
    />
  )
}
