import type { FieldTypeName } from '@tenon/engine'
import { BooleanEdit } from './boolean/Edit.tsx'
import { BooleanView } from './boolean/View.tsx'
import { withCellFaces } from './cell-faces.tsx'
import type { FieldFace } from './contract.ts'
import { DateEdit } from './date/Edit.tsx'
import { DateView } from './date/View.tsx'
import { DateTimeEdit } from './dateTime/Edit.tsx'
import { DateTimeView } from './dateTime/View.tsx'
import { DepartmentEdit } from './department/Edit.tsx'
import { DepartmentFieldView } from './department/View.tsx'
import { DurationEdit } from './duration/Edit.tsx'
import { DurationView } from './duration/View.tsx'
import { EmailCell } from './email/Cell.tsx'
import { EmailEdit } from './email/Edit.tsx'
import { EmailView } from './email/View.tsx'
import { FileCell } from './file/Cell.tsx'
import { FileEdit } from './file/Edit.tsx'
import { FileFieldView } from './file/View.tsx'
import { FormulaView } from './formula/View.tsx'
import { LinkCell } from './link/Cell.tsx'
import { LinkEdit } from './link/Edit.tsx'
import { LinkView } from './link/View.tsx'
import { LocationEdit } from './location/Edit.tsx'
import { LocationCell, LocationView } from './location/View.tsx'
import { LongTextCell } from './longText/Cell.tsx'
import { LongTextEdit } from './longText/Edit.tsx'
import { LongTextView } from './longText/View.tsx'
import { LookupView } from './lookup/View.tsx'
import { MoneyEdit } from './money/Edit.tsx'
import { MoneyView } from './money/View.tsx'
import { MultiSelectEdit } from './multiSelect/Edit.tsx'
import { MultiSelectView } from './multiSelect/View.tsx'
import { NumberEdit } from './number/Edit.tsx'
import { NumberView } from './number/View.tsx'
import { PercentEdit } from './percent/Edit.tsx'
import { PercentView } from './percent/View.tsx'
import { PhoneCell } from './phone/Cell.tsx'
import { PhoneEdit } from './phone/Edit.tsx'
import { PhoneView } from './phone/View.tsx'
import { RatingEdit } from './rating/Edit.tsx'
import { RatingView } from './rating/View.tsx'
import { SelectEdit } from './select/Edit.tsx'
import { SelectView } from './select/View.tsx'
import { SerialView } from './serial/View.tsx'
import { StageView } from './stage/View.tsx'
import { TableCell } from './table/Cell.tsx'
import { TableEdit } from './table/Edit.tsx'
import { TableView } from './table/View.tsx'
import { TagsEdit } from './tags/Edit.tsx'
import { TagsView } from './tags/View.tsx'
import { TextEdit } from './text/Edit.tsx'
import { TextView } from './text/View.tsx'
import { TimeEdit } from './time/Edit.tsx'
import { TimeView } from './time/View.tsx'
import { UrlCell } from './url/Cell.tsx'
import { UrlEdit } from './url/Edit.tsx'
import { UrlView } from './url/View.tsx'
import { UserEdit } from './user/Edit.tsx'
import { UserFieldView } from './user/View.tsx'
import { UsersEdit } from './users/Edit.tsx'
import { UsersView } from './users/View.tsx'

/** One face per field type: a type without one does not compile. */
export const fieldFaces: { readonly [K in FieldTypeName]: FieldFace<K> } = {
  text: { Edit: TextEdit, View: TextView },
  longText: { Edit: LongTextEdit, View: LongTextView, Cell: LongTextCell, wide: true },
  number: { Edit: NumberEdit, View: NumberView, align: 'right' },
  money: { Edit: MoneyEdit, View: MoneyView, align: 'right' },
  percent: { Edit: PercentEdit, View: PercentView, align: 'right' },
  rating: { Edit: RatingEdit, View: RatingView },
  boolean: { Edit: BooleanEdit, View: BooleanView },
  date: { Edit: DateEdit, View: DateView },
  dateTime: { Edit: DateTimeEdit, View: DateTimeView },
  time: { Edit: TimeEdit, View: TimeView },
  duration: { Edit: DurationEdit, View: DurationView, align: 'right' },
  select: { Edit: SelectEdit, View: SelectView },
  multiSelect: { Edit: MultiSelectEdit, View: MultiSelectView },
  tags: { Edit: TagsEdit, View: TagsView },
  users: { Edit: UsersEdit, View: UsersView },
  user: { Edit: UserEdit, View: UserFieldView },
  department: { Edit: DepartmentEdit, View: DepartmentFieldView },
  link: { Edit: LinkEdit, View: LinkView, Cell: LinkCell },
  lookup: { View: LookupView },
  formula: { View: FormulaView },
  serial: { View: SerialView },
  phone: { Edit: PhoneEdit, View: PhoneView, Cell: PhoneCell },
  email: { Edit: EmailEdit, View: EmailView, Cell: EmailCell },
  url: { Edit: UrlEdit, View: UrlView, Cell: UrlCell, Free: UrlView },
  location: { Edit: LocationEdit, View: LocationView, Cell: LocationCell },
  file: { Edit: FileEdit, View: FileFieldView, Cell: FileCell, wide: true },
  table: {
    Edit: withCellFaces(TableEdit, (type) => faceOf(type)),
    View: withCellFaces(TableView, (type) => faceOf(type)),
    Cell: TableCell,
    wide: true,
    grouped: true,
  },
  stage: { View: StageView },
}

/** The face of a field whose type is not known at this place. */
export const faceOf = (type: FieldTypeName): FieldFace<FieldTypeName> =>
  fieldFaces[type] as unknown as FieldFace<FieldTypeName>
