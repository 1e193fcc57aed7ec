import { type Static, Type } from 'typebox'
import {
  about,
  Closed,
  Day,
  Duration,
  keyedUnion,
  keysRefer,
  kindHead,
  named,
  OneOf,
  recordNamed,
  refers,
  Slug,
  Text,
} from './schema.ts'

const AnyValues = Type.Record(Type.String(), Type.Unknown(), about('值', 'Values', 'By name.'))
/** Of the record that is meant here. */
const Values = Type.Record(Type.String(), Type.Unknown(), {
  ...about('值', 'Values', 'By field.'),
  ...keysRefer('field', { values: true }),
})
const ValuesOfForm = Type.Record(Type.String(), Type.Unknown(), {
  ...about('值', 'Values', 'By field.'),
  ...keysRefer('field', { of: 'form', values: true }),
})
const text = (zh: string, en: string, description: string, options: object = {}) =>
  Type.String({ ...about(zh, en, description), ...options })
const Moment = (zh: string, en: string, description: string) =>
  Type.String(about(zh, en, description, { control: 'moment' }))
/** A node of any flow: a scenario does not say which. */
const anyNode = refers('node', { anywhere: true })
/** Which record is meant. */
const as = () => Type.Optional(text('记录', 'As', 'Alias of the record; absent: the last created.'))

/** How something stands, chosen in words. */
const stateOf = <const V extends readonly string[]>(
  states: V,
  words: { readonly [S in V[number]]: readonly [zh: string, en: string] },
  [zh, en, description]: readonly [string, string, string],
) => OneOf(states, words, about(zh, en, description))

/** What a step expects. Every given part must hold; absent parts are not looked at. */
export const Expectation = Closed({
  record: Type.Optional(
    Closed(
      { as: as(), values: Values },
      { ...about('记录', 'Record', 'Values of a record. Absent: not looked at.'), ...recordNamed('as') },
    ),
  ),
  task: Type.Optional(
    Closed(
      {
        as: as(),
        node: text('节点', 'Node', 'Node of the flow.', anyNode),
        state: Type.Optional(
          stateOf(
            ['open', 'completed', 'cancelled'],
            { open: ['待办', 'Open'], completed: ['已完成', 'Completed'], cancelled: ['已取消', 'Cancelled'] },
            ['状态', 'State', 'open, completed or cancelled; absent: open.'],
          ),
        ),
        assignee: Type.Optional(
          Type.Union(
            [Type.String(), Type.Null()],
            about('办理人', 'Assignee', 'User name, or null for a task nobody has taken; absent: not looked at.'),
          ),
        ),
      },
      about('任务', 'Task', 'A task there is. Absent: not looked at.'),
    ),
  ),
  noTask: Type.Optional(
    Closed(
      { as: as(), node: Type.Optional(text('节点', 'Node', 'Absent: any node.', anyNode)) },
      about('没有任务', 'No task', 'An open task there is not. Absent: not looked at.'),
    ),
  ),
  clock: Type.Optional(
    Closed(
      {
        as: as(),
        id: text('时钟', 'Clock', 'Id of the clock in its policy; of a time limit, the node.', refers('clock')),
        state: Type.Optional(
          stateOf(
            ['running', 'paused', 'stopped', 'cancelled'],
            {
              running: ['计时中', 'Running'],
              paused: ['已暂停', 'Paused'],
              stopped: ['已停止', 'Stopped'],
              cancelled: ['已取消', 'Cancelled'],
            },
            ['状态', 'State', 'running, paused, stopped or cancelled. Absent: not looked at.'],
          ),
        ),
        due: Type.Optional(Moment('截止时间', 'Due', 'RFC 3339 moment. Absent: not looked at.')),
        met: Type.Optional(Type.Boolean(about('达标', 'Met', 'Whether the promise was kept. Absent: not looked at.'))),
      },
      about('时钟', 'Clock', 'A clock of the record. Absent: not looked at.'),
    ),
  ),
  sent: Type.Optional(
    Type.Array(
      Closed({
        channel: stateOf(
          ['inbox', 'email', 'sms'],
          { inbox: ['站内消息', 'Inbox'], email: ['邮件', 'E-mail'], sms: ['短信', 'SMS'] },
          ['渠道', 'Channel', 'inbox, email or sms.'],
        ),
        to: text('收件人', 'To', 'User name, or an address outside.'),
        message: Type.Optional(
          text('消息', 'Message', 'Message definition; absent: any.', refers('message', { exceptPrefix: 'built_in_' })),
        ),
        times: Type.Optional(Type.Integer(about('次数', 'Times', 'Absent: once or more.'))),
      }),
      about('已发送', 'Sent', 'What was sent since the scenario began. Absent: not looked at.'),
    ),
  ),
  called: Type.Optional(
    Type.Array(
      Closed({
        url: text('地址', 'Address', 'Address called, with its placeholders filled in.'),
        method: Type.Optional(text('方法', 'Method', 'Absent: any.')),
        body: Type.Optional(
          named(AnyValues, '内容', 'Body', 'Values sent, by name: exactly these. Absent: not looked at.'),
        ),
        times: Type.Optional(Type.Integer(about('次数', 'Times', 'Absent: once or more.'))),
      }),
      about('已调用', 'Called', 'Calls of other systems ordered since the scenario began. Absent: not looked at.'),
    ),
  ),
  instance: Type.Optional(
    Closed(
      {
        as: as(),
        flow: text('流程', 'Flow', 'Flow of the record.', refers('flow')),
        status: stateOf(
          ['running', 'completed', 'cancelled', 'dead'],
          {
            running: ['进行中', 'Running'],
            completed: ['已完成', 'Completed'],
            cancelled: ['已取消', 'Cancelled'],
            dead: ['已中断', 'Dead'],
          },
          ['状态', 'Status', 'running, completed, cancelled or dead.'],
        ),
      },
      about('流程实例', 'Instance', 'How a flow of the record stands. Absent: not looked at.'),
    ),
  ),
  alert: Type.Optional(
    Closed(
      {
        kind: text('预警', 'Alert', 'Kind of the alerts that are looked at, as the rule names it.'),
        n: Type.Optional(Type.Integer(about('数量', 'Number', 'How many there have been; absent: at least one.'))),
        state: Type.Optional(
          stateOf(
            ['open', 'acknowledged', 'closed', 'ended'],
            {
              open: ['未处理', 'Open'],
              acknowledged: ['已认领', 'Acknowledged'],
              closed: ['已关闭', 'Closed'],
              ended: ['已解除', 'Ended'],
            },
            ['状态', 'State', 'open, acknowledged, closed or ended: of the newest. Absent: not looked at.'],
          ),
        ),
        owner: Type.Optional(text('负责人', 'Owner', 'User name: of the newest. Absent: not looked at.')),
        rows: Type.Optional(
          Type.Integer(about('依据', 'Rows', 'How many records made the newest fire. Absent: not looked at.')),
        ),
      },
      about('预警', 'Alert', 'Alerts that rules have raised. Absent: not looked at.'),
    ),
  ),
  rejected: Type.Optional(
    text('被拒绝', 'Rejected', 'The step just before was refused with this code. Absent: not looked at.'),
  ),
  count: Type.Optional(
    Closed(
      {
        form: text('表单', 'Form', 'Form whose records are counted.', refers('form')),
        where: Type.Optional(Type.Unknown(about('筛选', 'Where', 'Condition; absent: all records.'))),
        n: Type.Integer(about('数量', 'Number', 'How many there are.')),
      },
      about('数量', 'Count', 'How many records there are. Absent: not looked at.'),
    ),
  ),
})

export const ScenarioStep = keyedUnion([
  Closed({ advance: Duration(about('推进时间', 'Advance', 'Moves the virtual clock; timers on the way fire.')) }),
  Closed({ expect: named(Expectation, '期望', 'Expect', 'What must be the case now.') }),
  Closed(
    {
      do: OneOf(
        [
          'record.create',
          'record.update',
          'record.comment',
          'record.action',
          'task.claim',
          'task.complete',
          'task.transfer',
          'alert.acknowledge',
          'alert.close',
          'task.delegate',
          'task.addAssignee',
          'task.removeAssignee',
          'task.return',
          'task.withdraw',
          'task.saveDraft',
        ] as const,
        {
          'record.create': ['新建记录', 'Create a record'],
          'record.update': ['修改记录', 'Change the record'],
          'record.comment': ['写备注', 'Comment'],
          'record.action': ['点击按钮', 'Press a button'],
          'task.claim': ['领取任务', 'Claim the task'],
          'task.complete': ['完成任务', 'Complete the task'],
          'task.transfer': ['转交任务', 'Transfer the task'],
          'alert.acknowledge': ['确认预警', 'Acknowledge the alert'],
          'alert.close': ['关闭预警', 'Close the alert'],
          'task.delegate': ['委派任务', 'Delegate the task'],
          'task.addAssignee': ['加签', 'Add a signer'],
          'task.removeAssignee': ['减签', 'Remove a signer'],
          'task.return': ['退回任务', 'Return the task'],
          'task.withdraw': ['撤回任务', 'Withdraw the task'],
          'task.saveDraft': ['暂存', 'Save a draft'],
        },
        about('操作', 'Do', 'What somebody does.'),
      ),
      by: text('操作人', 'By', 'User name of who does it.'),
      as: Type.Optional(text('记为', 'As', 'Alias for the created record, used by later steps; absent: none.')),
      of: Type.Optional(text('针对', 'Of', 'Alias of the record it is about; absent: the last created.')),
      form: Type.Optional(
        text('表单', 'Form', 'Form of the new record; absent where none is created.', refers('form')),
      ),
      node: Type.Optional(text('节点', 'Node', 'Which open task of the record; absent: its only one.', anyNode)),
      outcome: Type.Optional(
        text(
          '办理结果',
          'Outcome',
          'Answer to the task; absent: none.',
          refers('outcome', { of: 'node', anywhere: true }),
        ),
      ),
      action: Type.Optional(
        text('按钮', 'Button', 'Button of the form; absent where none is pressed.', refers('action')),
      ),
      alert: Type.Optional(text('预警', 'Alert', 'Kind of the alert, the newest of it; absent where none is meant.')),
      values: Type.Optional(named(Values, '值', 'Values', 'By field; absent: none.')),
      comment: Type.Optional(text('意见', 'Comment', 'Text of the comment; absent: none.')),
      visibility: Type.Optional(
        stateOf(['internal', 'public'], { internal: ['内部', 'Internal'], public: ['客户可见', 'Public'] }, [
          '可见范围',
          'Visibility',
          'internal or public; absent: internal.',
        ]),
      ),
      to: Type.Optional(
        text(
          '给谁或退回到',
          'To',
          'User name of who gets the task, is added or taken away; of a return, the node it goes back to. Absent where nobody is meant.',
        ),
      ),
      position: Type.Optional(
        OneOf(
          ['before', 'after', 'parallel'] as const,
          { before: ['前加签', 'Before'], after: ['后加签', 'After'], parallel: ['并加签', 'At the same time'] },
          about(
            '加签位置',
            'Position',
            'Of an added signer: before, after or parallel to the one who adds. Absent: after.',
          ),
        ),
      ),
      mode: Type.Optional(
        OneOf(
          ['again', 'back'] as const,
          { again: ['重新逐步办理', 'All steps again'], back: ['直接回到此步', 'Straight back here'] },
          about('退回后', 'Mode', 'Of a return: everything in between again, or straight back here. Absent: again.'),
        ),
      ),
    },
    recordNamed('of'),
  ),
])
export type ScenarioStep = Static<typeof ScenarioStep>

/** An executable example: given … when … then …; runs on the bare engine with a virtual clock. */
export const ScenarioDefinition = Closed({
  ...kindHead('scenario'),
  label: Type.Optional(named(Text, '名称', 'Label', 'The promise in words; absent: the id.')),
  covers: Type.Optional(
    Type.Array(
      Type.String(),
      about('涵盖', 'Covers', 'Numbers of the capabilities it shows, e.g. S3-24. Absent: none.'),
    ),
  ),
  future: Type.Optional(
    Type.Boolean(about('未来', 'Future', 'Known not to pass yet: reported, not failed. Absent: it must pass.')),
  ),
  given: Closed(
    {
      now: Moment('现在', 'Now', 'RFC 3339 moment the virtual clock starts at.'),
      people: Type.Optional(
        Type.Array(
          Closed({
            username: text('用户名', 'User name', 'Unique name of the person.'),
            roles: Type.Array(Type.String(refers('role')), about('角色', 'Roles', 'Roles in the app.')),
            superior: Type.Optional(text('上级', 'Superior', 'User name; absent: none.')),
            department: Type.Optional(text('部门', 'Department', 'Code of the department; absent: none.')),
            skills: Type.Optional(Type.Array(Type.String(), about('技能', 'Skills', 'Absent: none.'))),
            levels: Type.Optional(
              Type.Record(
                Type.String(),
                Type.Integer({ minimum: 1, maximum: 5 }),
                about('技能等级', 'Skill levels', 'By skill, 1 to 5; absent: 1.'),
              ),
            ),
            certifications: Type.Optional(
              Type.Array(
                Closed({
                  name: text('证书', 'Certificate', 'What it is called.'),
                  until: Type.Optional(Day(about('有效期至', 'Until', 'Last day it is valid; absent: for good.'))),
                }),
                about('资质证书', 'Certificates', 'Absent: none.'),
              ),
            ),
            languages: Type.Optional(Type.Array(Type.String(), about('语言', 'Languages', 'Absent: none.'))),
            regions: Type.Optional(Type.Array(Type.String(), about('区域', 'Regions', 'Absent: none.'))),
            capacity: Type.Optional(
              Type.Integer(about('容量', 'Capacity', 'Open work the person can carry; absent: 10.')),
            ),
            away: Type.Optional(Type.Boolean(about('不在岗', 'Away', 'Absent: no.'))),
            deputy: Type.Optional(
              text('代理人', 'Deputy', 'User name of who gets new tasks meanwhile; absent: nobody.'),
            ),
          }),
          about('人员', 'People', 'The organisation of the example; absent: none.'),
        ),
      ),
      records: Type.Optional(
        Type.Record(
          Type.String(),
          Closed({
            form: Slug({ ...about('表单', 'Form', 'Form of the record.'), ...refers('form') }),
            values: ValuesOfForm,
          }),
          about('已有记录', 'Records', 'Records there are at the start, by alias; absent: none.'),
        ),
      ),
    },
    about('已知', 'Given', 'The world before the first step.'),
  ),
  steps: Type.Array(ScenarioStep, about('步骤', 'Steps', 'What is done and expected, in order.')),
})
export type ScenarioDefinition = Static<typeof ScenarioDefinition>
