import { type Static, Type } from 'typebox'
import { Closed, Document, Id, Moment, Nullable, Slug, Text, Values } from './wire.ts'

/** The secret part of a public form's address. */
export const PublicToken = Type.String({ minLength: 1, maxLength: 100 })

/** A form as somebody without an account fills it in: nothing in it names what is not asked there. */
export const PublicFormView = Closed({
  title: Text,
  intro: Nullable(Text),
  locales: Type.Array(Type.String(), { description: 'Languages its texts are written in.' }),
  zone: Type.String(),
  currency: Type.String(),
  definition: Document,
  schema: Document,
  uiSchema: Document,
  data: Values,
  rights: Type.Record(Type.String(), Type.Unsafe<'hidden' | 'read' | 'edit'>({ enum: ['hidden', 'read', 'edit'] })),
  fileMaxBytes: Type.Integer(),
})
export type PublicFormView = Static<typeof PublicFormView>

/** Secret of one visit, chosen by the page: only with it are files that were uploaded in it sent in. */
export const VisitSecret = Type.String({ minLength: 20, maxLength: 100 })

export const SubmitPublicForm = Closed({
  values: Values,
  visit: Type.Optional({ ...VisitSecret, description: 'Absent: no files were uploaded.' }),
  website: Type.Optional(
    Type.String({ maxLength: 500, description: 'Not for people: whoever fills it in is refused. Absent: blank.' }),
  ),
})
export type SubmitPublicForm = Static<typeof SubmitPublicForm>

export const PublicReceipt = Closed({
  number: Nullable(Type.String({ description: 'Number of the record; null: its form has none.' })),
  thanks: Nullable(Text),
})
export type PublicReceipt = Static<typeof PublicReceipt>

export const PublicUpload = Closed({ visit: VisitSecret })
export type PublicUpload = Static<typeof PublicUpload>

/** A public form of an app and the link over which strangers reach it. */
const PublicLinkView = Closed({
  form: Slug,
  open: Type.Boolean({ description: 'The published version has it switched on.' }),
  token: Nullable(Type.String({ description: 'Last part of the address /p/…; null: there is no link.' })),
  madeAt: Nullable(Moment),
  madeBy: Nullable(Id),
})
export const PublicLinkList = Closed({
  origin: Nullable(
    Type.String({
      description: 'Where strangers reach the installation; null: nobody has said, so where the page is.',
    }),
  ),
  portal: Type.Boolean({ description: 'The published version has a portal, and it is open.' }),
  items: Type.Array(PublicLinkView),
})
export type PublicLinkList = Static<typeof PublicLinkList>
