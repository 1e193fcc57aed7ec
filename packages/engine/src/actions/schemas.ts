import { type Static, Type } from 'typebox'
import { Condition } from '../definitions/condition.ts'
import {
  about,
  Closed,
  Duration,
  keysRefer,
  named,
  namesSecret,
  OneOf,
  refers,
  Slug,
  TemplateText,
  taggedUnion,
} from '../definitions/schema.ts'
import { ValueExpression, WhoList } from '../definitions/value-expression.ts'

const base = {
  id: Slug(about('标识', 'Id', 'Permanent id of the action within its list.')),
  when: Type.Optional(named(Condition, '条件', 'When', 'Done only when this is true; absent: always.')),
}
const Values = Type.Record(Type.String(), ValueExpression, keysRefer('field', { sets: true, values: true }))
const ValuesOfForm = Type.Record(
  Type.String(),
  ValueExpression,
  keysRefer('field', { of: 'form', sets: true, values: true }),
)

/** What a decision table decides and where it goes; the same for actions and for business rule tasks. */
export const decides = {
  decision: Type.String({ ...about('决策表', 'Decision', 'The decision table asked.'), ...refers('decision') }),
  set: Type.Record(Type.String(), Type.String(refers('decisionOutput', { of: 'decision' })), {
    ...about(
      '写入字段',
      'Set',
      'Output column by field that gets it. Nothing is set when no row hits and there is no default. Absent: no field is set, the table is only asked.',
    ),
    ...keysRefer('field', { sets: true }),
  }),
  explain: Type.Optional(
    Type.String({
      ...about('说明字段', 'Explain', 'Text field that gets the row that hit and why, in words; absent: none.'),
      ...refers('field', { kinds: ['text'], sets: true }),
    }),
  ),
}

/** Headers that the platform sets itself, or that change how the request is read. */
const ownHeaders =
  'host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*|idempotency-key|webhook-.*'
const headerName = `^(?!(?:${ownHeaders.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)})$)[A-Za-z0-9-]{1,60}$`
const Headers = Type.Unsafe<{ [name: string]: string }>({
  type: 'object',
  maxProperties: 20,
  propertyNames: { pattern: headerName, examples: ['x-source'] },
  additionalProperties: { type: 'string', maxLength: 1000, 'x-template': true },
})
const SecretName = Slug({
  ...about('密钥', 'Secret', 'Name of a secret of this app, as an administrator has stored it.'),
  ...namesSecret,
})

/** Arguments of the actions of rules, flow nodes, ladders and buttons. Behaviour is in `actions/<type>/`. */
export const actionSchemas = {
  set: Closed(
    { type: Type.Literal('set'), ...base, values: named(Values, '值', 'Values', 'New values, by field.') },
    about('修改字段', 'Set fields', 'Sets fields of the record.'),
  ),
  create: Closed(
    {
      type: Type.Literal('create'),
      ...base,
      form: Type.String({
        ...about('表单', 'Form', 'Form of the new record, of this app or `app/form`.'),
        ...refers('form'),
      }),
      values: named(ValuesOfForm, '值', 'Values', 'Values of the new record, by field.'),
    },
    about('新建记录', 'Create a record', 'Creates a record of another form.'),
  ),
  notify: Closed(
    {
      type: Type.Literal('notify'),
      ...base,
      to: named(WhoList, '发给', 'To', 'Who gets it.'),
      message: Type.String({ ...about('消息', 'Message', 'Message definition.'), ...refers('message') }),
      channels: Type.Optional(
        Type.Array(
          OneOf(['inbox', 'email', 'sms'] as const, {
            inbox: ['站内消息', 'In-app message'],
            email: ['邮件', 'E-mail'],
            sms: ['短信', 'Text message'],
          }),
          about('渠道', 'Channels', 'Absent: every channel the message has a text for.'),
        ),
      ),
    },
    about('发送通知', 'Notify', 'Sends a message to people.'),
  ),
  mail: Closed(
    {
      type: Type.Literal('mail'),
      ...base,
      to: Type.Array(Type.String(refers('field', { path: true, kinds: ['text'] })), {
        minItems: 1,
        maxItems: 5,
        ...about(
          '收件地址',
          'Address',
          'E-mail fields of the record; a path may follow links: contact.email. The first that is filled in gets it; where none is, nothing is sent.',
        ),
      }),
      message: Type.String({
        ...about('消息', 'Message', 'Message definition; the text of its mail is sent.'),
        ...refers('message'),
      }),
    },
    about(
      '发送邮件',
      'Send an e-mail',
      'Sends a mail to an address in the record: a customer, a supplier. Colleagues are notified.',
    ),
  ),
  comment: Closed(
    {
      type: Type.Literal('comment'),
      ...base,
      body: named(TemplateText, '内容', 'Body', 'Text with {{path}} placeholders.'),
      visibility: Type.Optional(
        OneOf(
          ['internal', 'public'] as const,
          { internal: ['仅内部可见', 'Colleagues only'], public: ['客户可见', 'Customers too'] },
          about('可见范围', 'Visibility', 'Absent: internal.'),
        ),
      ),
    },
    about('写备注', 'Comment', 'Writes a comment on the record, with {{path}} placeholders.'),
  ),
  decide: Closed(
    { type: Type.Literal('decide'), ...base, ...decides },
    about('按决策表取值', 'Decide', 'Sets fields by a decision table; the audit trail says which row hit.'),
  ),
  alert: Closed(
    {
      type: Type.Literal('alert'),
      ...base,
      alert: Slug(about('预警', 'Alert', 'Kind of the alert: alerts of one kind can be looked at together.')),
      title: named(TemplateText, '标题', 'Title', 'What it says, with {{path}} placeholders.'),
      severity: Type.Optional(
        OneOf(
          ['info', 'warning', 'critical'] as const,
          { info: ['提示', 'Notice'], warning: ['警告', 'Warning'], critical: ['严重', 'Critical'] },
          about('级别', 'Severity', 'Absent: warning.'),
        ),
      ),
      assignTo: named(
        WhoList,
        '负责人',
        'Assign to',
        'The first person found owns it; all of them see it and are told.',
      ),
      dedupe: Type.Optional(
        Type.Array(ValueExpression, {
          minItems: 1,
          maxItems: 5,
          ...about(
            '去重键',
            'Dedupe',
            'What it is about: while one alert of this rule stands about the same, none is raised. Absent: the record, if any.',
          ),
        }),
      ),
      coolDown: Type.Optional(
        Duration(
          about(
            '冷却时间',
            'Cool-down',
            'No second alert about the same within this time; absent: as soon as it has cleared.',
          ),
        ),
      ),
      message: Type.Optional(
        Type.String({
          ...about('消息', 'Message', 'Message sent to them; absent: a line in the bell.'),
          ...refers('message'),
        }),
      ),
    },
    about(
      '发出预警',
      'Raise an alert',
      'Raises an alert, once for as long as the condition holds: while it stands, the rule does nothing about the same.',
    ),
  ),
  webhook: Closed(
    {
      type: Type.Literal('webhook'),
      ...base,
      url: Type.String({
        // The host stands as it is, or is a variable of the installation: no value of a record, no name and password.
        pattern: '^(https?://[A-Za-z0-9.:\\[\\]-]{1,260}|\\{\\{env\\.[a-z][a-z0-9_]*\\}\\})([/?][^\\s#\\\\]*)?$',
        maxLength: 2000,
        examples: ['https://erp.example.com/orders/{{record.number}}'],
        'x-template': true,
        ...about(
          '地址',
          'Address',
          'Address called, with {{path}} placeholders after the host; what is put in is percent-encoded. It may begin with {{env.variable}}, which stands for an address of the installation. Redirects are not followed.',
        ),
      }),
      method: Type.Optional(
        OneOf(
          ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const,
          {
            POST: ['提交（POST）', 'POST'],
            PUT: ['整体替换（PUT）', 'PUT'],
            PATCH: ['部分修改（PATCH）', 'PATCH'],
            DELETE: ['删除（DELETE）', 'DELETE'],
            GET: ['读取（GET）', 'GET'],
          },
          about('方法', 'Method', 'Absent: POST.'),
        ),
      ),
      headers: Type.Optional(
        named(
          Headers,
          '请求头',
          'Headers',
          'Further headers, with {{path}} placeholders; what is not printable ASCII is percent-encoded. Absent: none.',
        ),
      ),
      body: Type.Optional(
        Type.Record(Type.String(), ValueExpression, {
          maxProperties: 100,
          ...about(
            '内容',
            'Body',
            'Values sent as a JSON object, by name: these and no others leave the house. Absent: no body.',
          ),
        }),
      ),
      auth: Type.Optional(
        Closed(
          {
            secret: SecretName,
            header: Type.Optional(
              Type.String({
                pattern: headerName,
                examples: ['x-api-key'],
                ...about('请求头', 'Header', 'Header that carries the secret; absent: authorization.'),
              }),
            ),
            scheme: Type.Optional(
              Type.String({
                pattern: '^[A-Za-z0-9-]{1,30}$',
                ...about('方案', 'Scheme', 'Word in front of the secret, as `Bearer`; absent: none.'),
              }),
            ),
          },
          about('认证', 'Authorisation', 'A secret sent in a header; absent: none.'),
        ),
      ),
      sign: Type.Optional(
        named(
          SecretName,
          '签名密钥',
          'Sign with',
          'Secret the request is signed with: HMAC-SHA256 over id, time and body in `webhook-signature`. Absent: not signed.',
        ),
      ),
      timeoutSeconds: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 30,
          ...about('超时（秒）', 'Timeout (seconds)', 'How long an answer is waited for; absent: ten seconds.'),
        }),
      ),
    },
    about(
      '调用外部接口',
      'Call a webhook',
      'Calls an address of another system after the commit: at least once, always with the same id, in order per record.',
    ),
  ),
  endFlow: Closed(
    {
      type: Type.Literal('endFlow'),
      ...base,
      flow: Type.Optional(
        Type.String({
          ...about('流程', 'Flow', 'Which flow of the record; absent: every one that runs.'),
          ...refers('flow'),
        }),
      ),
    },
    about('结束流程', 'End the flow', 'Cancels the running flows of the record with their tasks and timers.'),
  ),
  sendMessage: Closed(
    {
      type: Type.Literal('sendMessage'),
      ...base,
      name: Slug(about('消息名', 'Name', 'Name of the message, as the events that wait for it say it.')),
      key: Type.Optional(
        named(ValueExpression, '关联键', 'Key', 'Key of whoever is meant; absent: the id of the record.'),
      ),
      ttl: Type.Optional(
        Duration(
          about('时效', 'Time to live', 'How long it is kept for whoever will wait for it; absent: seven days.'),
        ),
      ),
    },
    about('发送流程消息', 'Send a message to flows', 'Sent to the flow that waits for it, or kept until one does.'),
  ),
  sendSignal: Closed(
    {
      type: Type.Literal('sendSignal'),
      ...base,
      name: Slug(about('信号名', 'Name', 'Name of the signal, as the events that wait for it say it.')),
    },
    about('发出信号', 'Send a signal', 'All flows of the app that wait for it get it now; nobody gets it later.'),
  ),
  startFlow: Closed(
    {
      type: Type.Literal('startFlow'),
      ...base,
      flow: Type.String({ ...about('流程', 'Flow', 'Flow of the form.'), ...refers('flow') }),
    },
    about('启动流程', 'Start a flow', 'Starts a flow of this form on the record.'),
  ),
} as const

export const Action = taggedUnion('type', Object.values(actionSchemas))
export type Action = Static<typeof Action>
export type ActionTypeName = Action['type']
export type ActionOf<T extends ActionTypeName> = Extract<Action, { type: T }>
export const ActionList = Type.Array(Action, { maxItems: 50 })
