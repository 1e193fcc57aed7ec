import type { FieldModel, FieldValue } from '@tenon/engine'
import { Moment } from '../show/Moment.tsx'
import { Blank, Person } from '../show/Person.tsx'
import { ShownFormProvider } from '../show/ShownForm.tsx'
import { faceOf } from './index.ts'

type Props = {
  readonly field: FieldModel
  readonly value: FieldValue | undefined
  /** One line of a list instead of a page; `free`: with nothing around it that is pressed. */
  readonly cell?: boolean | 'free'
}

export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Any value of any field, system fields included. */
export function FieldValueView({ field, value, cell = false }: Props) {
  if (value === undefined || value === null || isBlank(value)) return <Blank />
  if (field.shows)
    return (
      <ShownFormProvider form={field.shows.form}>
        <FieldValueView field={field.shows.field} value={value} cell={cell} />
      </ShownFormProvider>
    )
  if (field.definition) {
    const face = faceOf(field.definition.type)
    const Line = (cell === 'free' ? face.Free : undefined) ?? face.Cell ?? face.View
    const Show = cell ? Line : face.View
    return <Show field={field.definition} value={value} />
  }
  if (field.value.kind === 'instant') return <Moment at={String(value)} />
  if (field.target?.kind === 'user') return <Person id={String(value)} />
  return <span>{String(value)}</span>
}
