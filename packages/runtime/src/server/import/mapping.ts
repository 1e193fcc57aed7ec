import { type Static, Type } from 'typebox'

const Closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P, options: object = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options })
const Column = (description: string) => Type.String({ minLength: 1, maxLength: 200, description })

/** Which rows of a group a value is taken from; absent conditions are not asked. */
const Filter = Closed({
  column: Column('Column that is looked at.'),
  in: Type.Optional(Type.Array(Type.String(), { description: 'Only rows with one of these texts.' })),
  notIn: Type.Optional(
    Type.Array(Type.String(), { description: 'Only rows with none of these texts, blanks included.' }),
  ),
})

/** One field of the record and where its value comes from. */
export const ColumnMapping = Closed({
  field: Type.String({ description: 'Field id.' }),
  column: Type.Optional(Column('Column of the file; absent: `value` is given.')),
  value: Type.Optional(
    Type.Union([Type.String(), Type.Number(), Type.Boolean()], {
      description: 'The same value for every record, instead of a column.',
    }),
  ),
  pick: Type.Optional(
    Type.Unsafe<'first' | 'last' | 'min' | 'max'>({
      type: 'string',
      enum: ['first', 'last', 'min', 'max'],
      description:
        'Where several rows make one record: which row counts. min and max compare moments or numbers. Absent: last.',
    }),
  ),
  where: Type.Optional(Filter),
  date: Type.Optional(
    Type.String({
      description: 'How days and moments are written, with the letters of Unicode (`d/M/yyyy HH:mm`); absent: ISO.',
    }),
  ),
  map: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]), {
      description: 'Text of the file → value; null: blank. A text not named is taken as it is.',
    }),
  ),
  by: Type.Optional(
    Type.String({
      description:
        "Links: the field of the linked form that the text is matched with; users: `username`; absent: the record's title field named `name`.",
    }),
  ),
  create: Type.Optional(
    Type.Boolean({
      description: 'Links, departments and options that do not exist yet are created. Absent: they are a problem.',
    }),
  ),
})
export type ColumnMapping = Static<typeof ColumnMapping>

/** History of a record: one entry per row (grouped files) or per row of a second file. */
const Entries = Closed({
  file: Type.Optional(
    Type.String({ description: 'Second file, beside the first; absent: the rows of the file itself.' }),
  ),
  key: Type.Optional(Column('Column of the second file that names the record by its key field.')),
  at: Column('Moment of the entry.'),
  date: Type.Optional(Type.String()),
  by: Type.Optional(Column('Who did it, as text.')),
  text: Type.Optional(Column('What happened, as text.')),
  values: Type.Optional(Type.Array(Type.String(), { description: 'Columns kept with the entry.' })),
})

/** How a file becomes records: docs/import.md. */
export const ImportMapping = Closed({
  $schema: Type.Optional(Type.String()),
  form: Type.Optional(Type.String({ description: 'Form it is made for; checked when given.' })),
  encoding: Type.Optional(Type.String({ description: 'utf-8, gb18030, utf-16le …; absent: found out.' })),
  delimiter: Type.Optional(Type.String({ maxLength: 1, description: 'Absent: found out among , ; tab |.' })),
  zone: Type.Optional(Type.String({ description: "IANA zone of moments written without one; absent: the app's." })),
  blank: Type.Optional(Type.Array(Type.String(), { description: 'Texts that mean blank, beside the empty one.' })),
  group: Type.Optional(Column('Rows with the same text in this column make one record.')),
  key: Type.Optional(
    Type.String({
      description: 'Field that tells whether a record is there already; it must be unique. Absent: every row is new.',
    }),
  ),
  onMatch: Type.Optional(
    Type.Unsafe<'skip' | 'update' | 'problem'>({
      type: 'string',
      enum: ['skip', 'update', 'problem'],
      description: 'What to do with a record that is there already. Absent: skip.',
    }),
  ),
  fields: Type.Array(ColumnMapping, { minItems: 1, maxItems: 500 }),
  history: Type.Optional(
    Closed(
      {
        createdAt: Type.String({ description: 'Field of this mapping that says when the record was created.' }),
        updatedAt: Type.Optional(
          Type.String({ description: 'Field of this mapping with the last change; absent: the creation.' }),
        ),
        entries: Type.Optional(Entries),
      },
      {
        description:
          'Declares the rows as history: their own times and entries are kept, nothing is demanded, no flow, clock or message starts.',
      },
    ),
  ),
})
export type ImportMapping = Static<typeof ImportMapping>
