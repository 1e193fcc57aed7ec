import { type Static, Type } from 'typebox'
import { about, absentMeans, askedFor, Closed, literally, named, OneOf } from '../../definitions/schema.ts'
import { WhoList } from '../../definitions/value-expression.ts'
import { shares } from '../share.ts'

/** What a person may do with a task besides answering it. */
const taskCommands = [
  'transfer',
  'delegate',
  'addAssignee',
  'removeAssignee',
  'return',
  'withdraw',
  'saveDraft',
] as const
export type TaskCommandName = (typeof taskCommands)[number]

export type Quorum = Static<typeof Quorum>
const Quorum = Type.Union(
  [
    Type.Integer({ minimum: 1, maximum: 1000, title: 'Number', 'x-ui': { titles: { 'zh-CN': '人数', en: 'Number' } } }),
    ...shares,
  ],
  about(
    '通过人数',
    'Quorum',
    'In the modes all and sequential: how many must give the first outcome. The task ends as soon as the result is certain. Absent: everybody.',
    { ...askedFor('mode', 'all', 'sequential'), ...absentMeans('所有人', 'Everybody') },
  ),
)

/** How several people decide one user task, and what they may do beside answering. */
export const approvalPolicy = {
  mode: Type.Optional(
    OneOf(
      ['single', 'any', 'all', 'sequential'] as const,
      {
        single: ['一人办理', 'One of them'],
        any: ['或签：一人办理即可', 'Any: the first answer counts'],
        all: ['会签：全部办理', 'All must answer'],
        sequential: ['依次办理', 'One after the other'],
      },
      about(
        '办理方式',
        'Mode',
        'single: one of them takes it; any (或签): each has it, the first answer counts; all (会签): each must answer; sequential (依次): one after the other, in the order named. Absent: single.',
        { absent: 'single' },
      ),
    ),
  ),
  quorum: Type.Optional(Quorum),
  waitForAll: Type.Optional(
    Type.Boolean(
      about(
        '等待全部',
        'Wait for all',
        'Everybody is asked although the result is certain, even after a veto. Absent: only mode all without a quorum hears everybody, and a veto ends it.',
        askedFor('mode', 'all', 'sequential'),
      ),
    ),
  ),
  submission: Type.Optional(
    Type.Boolean(
      about(
        '提交即办理',
        'Done by submitting',
        'For the step of who applies: starting the flow answers it with the first outcome, for whoever started it (nobody, where no person did). Returned (退回发起人) or withdrawn (撤回) it is theirs to do again. Absent: it is asked like any other.',
      ),
    ),
  ),
  empty: Type.Optional(
    Type.Union(
      [
        literally('autoPass', '自动通过', 'Pass by itself'),
        literally('admin', '转给应用管理员', 'Goes to the managers of the app'),
        Closed({ who: named(WhoList, '人员', 'Who', 'Who does it instead.') }),
      ],
      about(
        '无人办理时',
        'When nobody',
        'What happens when the people named are nobody. autoPass: answered with the first outcome; admin: the managers of the app get it; or named people. Absent: admin.',
        absentMeans('转给应用管理员', 'Goes to the managers of the app'),
      ),
    ),
  ),
  dedupe: Type.Optional(
    OneOf(
      ['adjacent', 'all'] as const,
      {
        adjacent: ['仅上一步办过的人', 'Who did the step before'],
        all: ['此前任一步办过的人', 'Who did any step before'],
      },
      about(
        '同人去重',
        'Same person',
        'Who has given the first outcome before passes without being asked again. adjacent: in the step just before; all: in any step of this run. Absent: everybody is asked.',
        absentMeans('不去重，都要办', 'Everybody is asked'),
      ),
    ),
  ),
  copyTo: Type.Optional(
    named(
      WhoList,
      '抄送',
      'Copy to',
      'Who is told of the result; only those who may see the record. It gives no rights. Absent: nobody.',
    ),
  ),
  allow: Type.Optional(
    Type.Array(
      OneOf(taskCommands, {
        transfer: ['转交', 'Transfer'],
        delegate: ['委派', 'Delegate'],
        addAssignee: ['加签', 'Add a signer'],
        removeAssignee: ['减签', 'Remove a signer'],
        return: ['退回', 'Return'],
        withdraw: ['撤回', 'Withdraw'],
        saveDraft: ['暂存', 'Save a draft'],
      }),
      {
        uniqueItems: true,
        ...about(
          '可用操作',
          'Allow',
          'transfer (转交), delegate (委派), addAssignee (加签), removeAssignee (减签), return (退回), withdraw (撤回), saveDraft (暂存). Absent: all of them.',
          absentMeans('全部', 'All of them'),
        ),
      },
    ),
  ),
}

/** Whether the node lets people do this with its tasks. */
export const allows = (
  node: { readonly allow?: readonly TaskCommandName[] | undefined },
  command: TaskCommandName,
): boolean => node.allow === undefined || node.allow.includes(command)
