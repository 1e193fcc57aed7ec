import {
  ClockCircleOutlined,
  CloseOutlined,
  ControlOutlined,
  DoubleLeftOutlined,
  FlagOutlined,
  MailOutlined,
  NodeIndexOutlined,
  PartitionOutlined,
  PlusOutlined,
  RiseOutlined,
  SettingOutlined,
  SolutionOutlined,
  StopOutlined,
  TableOutlined,
  ThunderboltOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { type FlowNode, isObject } from '@tenon/engine'
import type { ReactNode } from 'react'
import type { StencilName } from '../../edits/flow/stencils.ts'
import styles from './canvas.module.css'

const ring = <span className={styles.ring} />
const pentagon = (
  <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.pentagon}>
    <circle cx="8" cy="8" r="7" />
    <path d="M8 4.2 11.8 7l-1.4 4.4H5.6L4.2 7z" />
  </svg>
)

const activities: { readonly [type: string]: ReactNode } = {
  userTask: <UserOutlined />,
  serviceTask: <SettingOutlined />,
  businessRuleTask: <TableOutlined />,
  subProcess: <PartitionOutlined />,
  callActivity: <NodeIndexOutlined />,
  exclusiveGateway: <CloseOutlined />,
  parallelGateway: <PlusOutlined />,
  inclusiveGateway: ring,
  eventBasedGateway: pentagon,
}

const events: { readonly [what: string]: ReactNode } = {
  timer: <ClockCircleOutlined />,
  message: <MailOutlined />,
  signal: <ThunderboltOutlined />,
  condition: <ControlOutlined />,
  error: <StopOutlined />,
  escalation: <RiseOutlined />,
  compensation: <DoubleLeftOutlined />,
}

/** The sign inside a shape, as BPMN draws it. */
export function glyphOf(node: FlowNode): ReactNode {
  const { on, throws } = node as { readonly on?: unknown; readonly throws?: unknown }
  const [what] = Object.keys(events).filter((name) => [on, throws].some((one) => isObject(one) && name in one))
  return activities[node.type] ?? (what === undefined ? null : events[what])
}

export const stencilGlyphs: { readonly [S in StencilName]: ReactNode } = {
  work: <UserOutlined />,
  approve: <SolutionOutlined />,
  branch: <CloseOutlined />,
  parallel: <PlusOutlined />,
  inclusive: ring,
  race: pentagon,
  act: <SettingOutlined />,
  decide: <TableOutlined />,
  timer: <ClockCircleOutlined />,
  awaitMessage: <MailOutlined />,
  awaitChange: <ControlOutlined />,
  sendMessage: <MailOutlined />,
  timeout: <ClockCircleOutlined />,
  subProcess: <PartitionOutlined />,
  call: <NodeIndexOutlined />,
  end: <FlagOutlined />,
}
