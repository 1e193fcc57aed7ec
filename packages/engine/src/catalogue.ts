import type { ActionTypeName } from './actions/schemas.ts'
import { actionSchemas } from './actions/schemas.ts'
import type { NodeTypeName } from './definitions/flow.ts'
import { boolean } from './fields/boolean/behaviour.ts'
import type { FieldBehaviour } from './fields/contract.ts'
import { date } from './fields/date/behaviour.ts'
import { dateTime } from './fields/dateTime/behaviour.ts'
import { department } from './fields/department/behaviour.ts'
import { duration } from './fields/duration/behaviour.ts'
import { email } from './fields/email/behaviour.ts'
import { file } from './fields/file/behaviour.ts'
import { formula } from './fields/formula/behaviour.ts'
import { link } from './fields/link/behaviour.ts'
import { location } from './fields/location/behaviour.ts'
import { longText } from './fields/longText/behaviour.ts'
import { lookup } from './fields/lookup/behaviour.ts'
import { money } from './fields/money/behaviour.ts'
import { multiSelect } from './fields/multiSelect/behaviour.ts'
import { number } from './fields/number/behaviour.ts'
import { percent } from './fields/percent/behaviour.ts'
import { phone } from './fields/phone/behaviour.ts'
import { rating } from './fields/rating/behaviour.ts'
import type { FieldTypeName } from './fields/schemas.ts'
import { select } from './fields/select/behaviour.ts'
import { serial } from './fields/serial/behaviour.ts'
import { stage } from './fields/stage/behaviour.ts'
import { table } from './fields/table/behaviour.ts'
import { tags } from './fields/tags/behaviour.ts'
import { text } from './fields/text/behaviour.ts'
import { time } from './fields/time/behaviour.ts'
import { url } from './fields/url/behaviour.ts'
import { user } from './fields/user/behaviour.ts'
import { users } from './fields/users/behaviour.ts'
import { nodeSchemas } from './nodes/schemas.ts'

/** The field types, in the order a palette shows them. One that is missing here, or has no schema, does not compile. */
export const fieldTypes = {
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
  multiSelect,
  tags,
  user,
  users,
  department,
  link,
  lookup,
  formula,
  serial,
  phone,
  email,
  url,
  location,
  file,
  table,
  stage,
} as const satisfies { readonly [K in FieldTypeName]: FieldBehaviour<K> }

export const fieldTypeNames = Object.keys(fieldTypes) as readonly FieldTypeName[]
export const nodeTypeNames = Object.keys(nodeSchemas) as readonly NodeTypeName[]
export const actionTypeNames = Object.keys(actionSchemas) as readonly ActionTypeName[]
