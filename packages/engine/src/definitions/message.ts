import { type Static, Type } from 'typebox'
import { Closed, Slug, TemplateText, Text, about, kindHead, refers } from './schema.ts'

/** Texts with `{{path}}` and `{{path | formatter}}` placeholders (record, task, user, now). Data is never read as a template. */
export const MessageDefinition = Closed({
  ...kindHead('message'),
  label: Text,
  form: Type.Optional(Slug({ ...about('表单', 'Form', 'Form whose record the placeholders read; absent: none.'), ...refers('form') })),
  inbox: Type.Optional(Closed({ title: TemplateText, body: Type.Optional(TemplateText) })),
  email: Type.Optional(Closed({ subject: TemplateText, body: TemplateText })),
  sms: Type.Optional(Closed({ body: TemplateText })),
})
export type MessageDefinition = Static<typeof MessageDefinition>
