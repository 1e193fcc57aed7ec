import { type Static, Type } from 'typebox'
import { about, Closed, kindHead, named, refers, Slug, TemplateText, Text } from './schema.ts'

/** Texts with `{{path}}` and `{{path | formatter}}` placeholders (record, task, user, now). Data is never read as a template. */
export const MessageDefinition = Closed({
  ...kindHead('message'),
  label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
  form: Type.Optional(
    Slug({ ...about('表单', 'Form', 'Form whose record the placeholders read; absent: none.'), ...refers('form') }),
  ),
  inbox: Type.Optional(
    Closed(
      {
        title: named(TemplateText, '标题', 'Title', 'Line in the bell.'),
        body: Type.Optional(named(TemplateText, '正文', 'Body', 'Absent: the title only.')),
      },
      about('站内消息', 'Inbox', 'Text in the bell; absent: not sent there.'),
    ),
  ),
  email: Type.Optional(
    Closed(
      {
        subject: named(TemplateText, '主题', 'Subject', 'Subject of the mail.'),
        body: named(TemplateText, '正文', 'Body', 'Text of the mail.'),
      },
      about('邮件', 'E-mail', 'Text of the mail; absent: no mail.'),
    ),
  ),
  sms: Type.Optional(
    Closed(
      { body: named(TemplateText, '正文', 'Body', 'Text of the SMS.') },
      about('短信', 'SMS', 'Text of the SMS; absent: no SMS.'),
    ),
  ),
})
export type MessageDefinition = Static<typeof MessageDefinition>
