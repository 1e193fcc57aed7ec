import { ShownFormProvider } from '../../show/ShownForm.tsx'
import { usePhone } from '../../theme/use-phone.ts'
import type { EditProps } from '../contract.ts'
import { RowCards } from './RowCards.tsx'
import { RowGrid } from './RowGrid.tsx'
import { useRows } from './use-rows.ts'

/** Rows to fill in: a grid that works like a spreadsheet, on a phone a card for each row. */
export function TableEdit({ field, value, onChange, ...rest }: EditProps<'table'>) {
  const phone = usePhone()
  const { form, rows } = useRows(field, value)
  if (!form) return null
  const Rows = phone ? RowCards : RowGrid
  return (
    <ShownFormProvider form={form}>
      <Rows
        {...rest}
        field={field}
        form={form}
        rows={rows}
        onChange={(next) => onChange(next.length === 0 ? null : next)}
      />
    </ShownFormProvider>
  )
}
