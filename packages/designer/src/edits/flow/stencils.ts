import type { FlowNode, NodeTypeName, TextValue } from '@tenon/engine'

/** What a palette offers: a node type, begun the way a business means it. */
export type StencilName =
  | 'work'
  | 'approve'
  | 'branch'
  | 'parallel'
  | 'inclusive'
  | 'race'
  | 'act'
  | 'decide'
  | 'timer'
  | 'awaitMessage'
  | 'awaitChange'
  | 'sendMessage'
  | 'subProcess'
  | 'call'
  | 'timeout'
  | 'end'

/** What a stencil needs to know of the app. */
export type Surroundings = {
  readonly decisions: readonly string[]
  readonly flows: readonly string[]
}

type Stencil = {
  readonly type: NodeTypeName
  readonly group: 'people' | 'ways' | 'system' | 'events' | 'parts'
  readonly label: TextValue
  /** What only this stencil gives its node; undefined: there is nothing in the app it could stand on. */
  readonly rest?: (around: Surroundings, id: string) => object | undefined
}

const text = (zh: string, en: string): TextValue => ({ 'zh-CN': zh, en })
const done = { id: 'done', label: text('完成', 'Done'), tone: 'primary' }
const answers = [
  { id: 'agree', label: text('同意', 'Agree'), tone: 'primary' },
  { id: 'disagree', label: text('不同意', 'Disagree'), tone: 'danger', requiresComment: true },
]

/** THE list of what can be drawn, in the order of the palette. */
export const stencils: { readonly [S in StencilName]: Stencil } = {
  work: { type: 'userTask', group: 'people', label: text('办理', 'Task'), rest: () => ({ outcomes: [done] }) },
  approve: { type: 'userTask', group: 'people', label: text('审批', 'Approval'), rest: () => ({ outcomes: answers }) },
  branch: { type: 'exclusiveGateway', group: 'ways', label: text('判断', 'Decision') },
  parallel: { type: 'parallelGateway', group: 'ways', label: text('并行', 'In parallel') },
  inclusive: { type: 'inclusiveGateway', group: 'ways', label: text('多选', 'Every that applies') },
  race: { type: 'eventBasedGateway', group: 'ways', label: text('先到先走', 'First event') },
  act: {
    type: 'serviceTask',
    group: 'system',
    label: text('自动处理', 'Automatic step'),
    rest: () => ({ actions: [] }),
  },
  decide: {
    type: 'businessRuleTask',
    group: 'system',
    label: text('查决策表', 'Decision table'),
    rest: ({ decisions: [decision] }) => (decision === undefined ? undefined : { decision }),
  },
  timer: {
    type: 'intermediateCatchEvent',
    group: 'events',
    label: text('等待时间', 'Wait a while'),
    rest: () => ({ on: { timer: 'PT2H' } }),
  },
  awaitMessage: {
    type: 'intermediateCatchEvent',
    group: 'events',
    label: text('等待消息', 'Wait for a message'),
    rest: (_, id) => ({ on: { message: id } }),
  },
  awaitChange: {
    type: 'intermediateCatchEvent',
    group: 'events',
    label: text('等待条件', 'Wait for a condition'),
    rest: () => ({ on: { condition: { all: [] } } }),
  },
  sendMessage: {
    type: 'intermediateThrowEvent',
    group: 'events',
    label: text('发出消息', 'Send a message'),
    rest: (_, id) => ({ throws: { message: id } }),
  },
  timeout: {
    type: 'boundaryEvent',
    group: 'events',
    label: text('超时', 'Overdue'),
    rest: () => ({ on: { timer: 'PT2H' }, interrupting: false }),
  },
  subProcess: { type: 'subProcess', group: 'parts', label: text('子流程', 'Sub-process') },
  call: {
    type: 'callActivity',
    group: 'parts',
    label: text('调用流程', 'Call a flow'),
    rest: ({ flows: [flow] }) => (flow === undefined ? undefined : { flow }),
  },
  end: { type: 'endEvent', group: 'events', label: text('结束', 'End') },
}
export const stencilNames = Object.keys(stencils) as readonly StencilName[]

/** A new node; undefined: the app has nothing it could stand on. */
export function nodeFrom(name: StencilName, id: string, around: Surroundings): FlowNode | undefined {
  const { type, label, rest } = stencils[name]
  const own = rest ? rest(around, id) : {}
  return own && ({ id, type, label, ...own } as FlowNode)
}
