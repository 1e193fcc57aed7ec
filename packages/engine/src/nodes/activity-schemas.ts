import { type Static, Type } from 'typebox'
import { Condition } from '../definitions/condition.ts'
import { about, Closed, exactlyOne, named, OneOf, refers, Slug } from '../definitions/schema.ts'
import { ValueExpression } from '../definitions/value-expression.ts'
import { shares } from './share.ts'

/** How many of several branches or items are enough, and what becomes of the others. */
export const Join = Closed({
  take: Type.Union(
    [
      OneOf(['all', 'first'] as const, { all: ['全部', 'All'], first: ['第一个', 'The first'] }),
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        title: 'Number',
        'x-ui': { titles: { 'zh-CN': '数量', en: 'Number' } },
      }),
      ...shares,
    ],
    about('需要', 'Take', 'How many must arrive: all, the first, a number, or a share.'),
  ),
  rest: Type.Optional(
    OneOf(
      ['cancel', 'swallow'] as const,
      { cancel: ['取消', 'Cancelled'], swallow: ['继续办理，不再影响流程', 'Go on without effect'] },
      about(
        '其余',
        'Rest',
        'cancel: what is still going on in the block is ended; swallow: it goes on, without effect here. Absent: swallow.',
        { absent: 'swallow' },
      ),
    ),
  ),
})
export type Join = Static<typeof Join>

const Loop = Closed(
  {
    while: Type.Optional(named(Condition, '当', 'While', 'Tested before each round: goes on while true.')),
    until: Type.Optional(named(Condition, '直到', 'Until', 'Tested after each round: ends when true.')),
    max: Type.Integer({
      minimum: 1,
      maximum: 1000,
      ...about('最多', 'Most', 'Rounds after which the flow goes on in any case.'),
    }),
  },
  exactlyOne('while', 'until'),
)

const MultiInstance = Closed(
  {
    collection: Type.Optional(
      named(
        ValueExpression,
        '集合',
        'Collection',
        'List of which each value gets an instance; read once, on entering.',
      ),
    ),
    cardinality: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, ...about('个数', 'Cardinality', 'Number of instances.') }),
    ),
    item: Slug(about('变量', 'Item', 'Name under which an instance reads its value in the fact flow: path $.<item>.')),
    sequential: Type.Optional(
      Type.Boolean(about('依次', 'Sequential', 'One after the other; absent: all at the same time.')),
    ),
    join: Type.Optional(
      named(
        Join,
        '完成条件',
        'Join',
        'How many of the instances are enough; absent: all. The flow goes on with the outcome that came last.',
      ),
    ),
  },
  exactlyOne('collection', 'cardinality'),
)

const Mutex = Type.Union(
  [
    Slug({ title: 'Name only', 'x-ui': { titles: { 'zh-CN': '仅按名称', en: 'Name only' } } }),
    Closed({
      name: Slug(about('互斥名', 'Name', 'Name of the critical section, shared by all flows of the app.')),
      key: named(ValueExpression, '键', 'Key', 'What it is about: only those with the same key exclude each other.'),
    }),
  ],
  about(
    '互斥',
    'Mutex',
    'Only one token of all flows is inside at a time, others wait in order of arrival; absent: no limit.',
  ),
)

/** What every activity may carry besides its own properties. */
export const activityBase = {
  loop: Type.Optional(named(Loop, '循环', 'Loop', 'Done again and again; absent: once.')),
  multiInstance: Type.Optional(
    named(MultiInstance, '多实例', 'Multi-instance', 'Done once for each of several values; absent: once.'),
  ),
  mutex: Type.Optional(Mutex),
  compensatedBy: Type.Optional(
    Type.String({
      ...about('由…补偿', 'Compensated by', 'Activity without incoming edge that undoes this one; absent: none.'),
      ...refers('node'),
    }),
  ),
}
