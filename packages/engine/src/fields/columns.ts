import { boolean } from './boolean/behaviour.ts'
import type { AnyFieldBehaviour, FieldBehaviour } from './contract.ts'
import { date } from './date/behaviour.ts'
import { dateTime } from './dateTime/behaviour.ts'
import { department } from './department/behaviour.ts'
import { duration } from './duration/behaviour.ts'
import { email } from './email/behaviour.ts'
import { formula } from './formula/behaviour.ts'
import { link } from './link/behaviour.ts'
import { longText } from './longText/behaviour.ts'
import { money } from './money/behaviour.ts'
import { number } from './number/behaviour.ts'
import { percent } from './percent/behaviour.ts'
import { phone } from './phone/behaviour.ts'
import { rating } from './rating/behaviour.ts'
import type { Column, ColumnTypeName, Field } from './schemas.ts'
import { select } from './select/behaviour.ts'
import { text } from './text/behaviour.ts'
import { time } from './time/behaviour.ts'
import { url } from './url/behaviour.ts'
import { user } from './user/behaviour.ts'

/** The field types a column of a sub-table can have, in the order a palette shows them. */
export const columnTypes = {
  text,
  longText,
  number,
  money,
  percent,
  rating,
  boolean,
  date,
  dateTime,
  time,
  duration,
  select,
  user,
  department,
  link,
  formula,
  phone,
  email,
  url,
} as const satisfies { readonly [K in ColumnTypeName]: FieldBehaviour<K> }

export const columnTypeNames = Object.keys(columnTypes) as readonly ColumnTypeName[]

/** What the column's type says about itself. */
export const columnBehaviour = (column: Column): AnyFieldBehaviour =>
  columnTypes[column.type] as unknown as AnyFieldBehaviour

/** The columns of a field that holds rows; undefined: it holds none. */
export const columnsOf = (field: Field | undefined): readonly Column[] | undefined =>
  field !== undefined && 'fields' in field ? field.fields : undefined
