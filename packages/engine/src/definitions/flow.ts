import { type Static, Type } from 'typebox'
import { nodeSchemas } from '../nodes/schemas.ts'
import { Condition, conditionDefs } from './condition.ts'
import { about, Closed, kindHead, named, OneOf, refers, Slug, Text, taggedUnion } from './schema.ts'

export const Edge = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the edge.')),
  from: Type.String({ ...about('起点', 'From', 'Node it leaves.'), ...refers('node') }),
  to: Type.String({ ...about('终点', 'To', 'Node it enters.'), ...refers('node') }),
  label: Type.Optional(named(Text, '名称', 'Label', 'Text on the line; absent: the name of the outcome.')),
  outcome: Type.Optional(
    Type.String({
      ...about('结果', 'Outcome', 'Taken when the task ended with this outcome; absent: any outcome.'),
      ...refers('outcome', { of: 'from' }),
    }),
  ),
  when: Type.Optional(named(Condition, '条件', 'When', 'Taken only when this is true; absent: always.')),
  default: Type.Optional(
    Type.Boolean(about('默认', 'Default', 'Taken when no other edge of the gateway is; absent: no.')),
  ),
  via: Type.Optional(
    Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), {
      maxItems: 100,
      ...about(
        '途经点',
        'Via',
        'Points [x, y] the line passes on the canvas between its two ends; absent: drawn automatically. No meaning at run time.',
      ),
    }),
  ),
})
export type Edge = Static<typeof Edge>

export const FlowGroup = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the group.')),
  label: named(Text, '名称', 'Label', 'Stands on its frame.'),
  nodes: Type.Array(Type.String(refers('node')), {
    minItems: 1,
    maxItems: 300,
    ...about('节点', 'Nodes', 'What the frame is drawn around.'),
  }),
})
export type FlowGroup = Static<typeof FlowGroup>

const FlowStart = Closed({
  on: OneOf(
    ['created', 'changed', 'manual'] as const,
    {
      created: ['新建记录时', 'When a record is created'],
      changed: ['记录变化时', 'When a record changes'],
      manual: ['手动启动', 'By hand'],
    },
    about(
      '何时',
      'On',
      'created: a record is created; changed: it changes and `when` becomes true; manual: by a button or action.',
    ),
  ),
  when: Type.Optional(named(Condition, '条件', 'When', 'Only for records of which this is true; absent: all.')),
})

export const FlowNode = taggedUnion('type', Object.values(nodeSchemas))

export const FlowDefinition = Closed(
  {
    ...kindHead('flow'),
    form: Slug({ ...about('表单', 'Form', 'The form whose records go through the flow.'), ...refers('form') }),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    description: Type.Optional(named(Text, '说明', 'Description', 'What the flow is for; absent: nothing.')),
    start: Type.Array(FlowStart, { minItems: 1, ...about('启动', 'Start', 'What starts the flow; any of these.') }),
    nodes: Type.Array(FlowNode, {
      minItems: 2,
      maxItems: 300,
      ...about('节点', 'Nodes', 'Steps, events and gateways.'),
    }),
    edges: Type.Array(Edge, { maxItems: 2000, ...about('连线', 'Edges', 'The ways from node to node.') }),
    groups: Type.Optional(
      Type.Array(FlowGroup, {
        maxItems: 100,
        ...about(
          '分组',
          'Groups',
          'Frames with a name around nodes that belong together for whoever reads the drawing; absent: none. No meaning at run time.',
        ),
      }),
    ),
    extensions: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]*$' }), Type.String({ maxLength: 2_000_000 }), {
        maxProperties: 10,
        ...about(
          '扩展内容',
          'Extensions',
          'What another tool drew and this platform keeps but does not run: BPMN XML by the id of its element, exported again as it came. Absent: nothing. No meaning at run time.',
        ),
      }),
    ),
  },
  { $defs: conditionDefs },
)
export type FlowDefinition = Static<typeof FlowDefinition>
export type FlowNode = Static<typeof FlowNode>
export type NodeTypeName = FlowNode['type']
export type NodeOf<T extends NodeTypeName> = Extract<FlowNode, { type: T }>
