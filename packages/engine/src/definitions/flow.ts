import { type Static, Type } from 'typebox'
import { nodeSchemas } from '../nodes/schemas.ts'
import { Condition, conditionDefs } from './condition.ts'
import { Closed, OneOf, Slug, Text, about, kindHead, refers, taggedUnion } from './schema.ts'

export const Edge = Closed({
  id: Slug(about('标识', 'Id', 'Permanent id of the edge.')),
  from: Type.String({ ...about('起点', 'From', 'Node it leaves.'), ...refers('node') }),
  to: Type.String({ ...about('终点', 'To', 'Node it enters.'), ...refers('node') }),
  label: Type.Optional(Text),
  outcome: Type.Optional(Type.String({ ...about('结果', 'Outcome', 'Taken when the task ended with this outcome; absent: any outcome.'), ...refers('outcome', { of: 'from' }) })),
  when: Type.Optional(Condition),
  default: Type.Optional(Type.Boolean(about('默认', 'Default', 'Taken when no other edge of the gateway is; absent: no.'))),
})
export type Edge = Static<typeof Edge>

export const FlowStart = Closed({
  on: OneOf(['created', 'changed', 'manual'] as const, about('何时', 'On', 'created: a record is created; changed: it changes and `when` becomes true; manual: by a button or action.')),
  when: Type.Optional(Condition),
})

export const FlowNode = taggedUnion('type', Object.values(nodeSchemas))

export const FlowDefinition = Closed({
  ...kindHead('flow'),
  form: Slug({ ...about('表单', 'Form', 'The form whose records go through the flow.'), ...refers('form') }),
  label: Text,
  description: Type.Optional(Text),
  start: Type.Array(FlowStart, { minItems: 1 }),
  nodes: Type.Array(FlowNode, { minItems: 2, maxItems: 300 }),
  edges: Type.Array(Edge, { maxItems: 2000 }),
}, { $defs: conditionDefs })
export type FlowDefinition = Static<typeof FlowDefinition>
export type FlowNode = Static<typeof FlowNode>
export type NodeTypeName = FlowNode['type']
export type NodeOf<T extends NodeTypeName> = Extract<FlowNode, { type: T }>
