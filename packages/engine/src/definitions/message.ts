import { type Static, Type } from 'typebox'
import { Closed, Slug, Text, about, kindHead } from './schema.ts'

/** Texts with `{{path}}` and `{{path | formatter}}` placeholders (record, task, user, now). Data is never read as a template. */
export const MessageDefinition = Closed({
  ...kindHead('message'),
  label: Text,
  form: Type.Optional(Slug(about('表单', 'Form', 'Form whose record the placeholders read; absent: none.'))),
  inbox: Type.Optional(Closed({ title: Text, body: Type.Optional(Text) })),
  email: Type.Optional(Closed({ subject: Text, body: Text })),
  sms: Type.Optional(Closed({ body: Text })),
})
export type MessageDefinition = Static<typeof MessageDefinition>
