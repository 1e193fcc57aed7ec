import {
  AppstoreOutlined,
  AreaChartOutlined,
  BranchesOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  FormOutlined,
  FundOutlined,
  MailOutlined,
  NodeIndexOutlined,
  PlayCircleOutlined,
  TableOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import { type ComponentType, lazy } from 'react'
import type { BenchProps, Builder } from './contract.ts'
import * as fresh from './fresh.ts'
import { isKind, type Kind } from './kinds.ts'

const bench = (preload: () => Promise<{ default: ComponentType<BenchProps> }>) =>
  Object.assign(lazy(preload), { preload })

const AssignmentBench = bench(() => import('./assignment/AssignmentBench.tsx'))
const BoardBench = bench(() => import('./board/BoardBench.tsx'))
const CalendarBench = bench(() => import('./calendar/CalendarBench.tsx'))
const AppBench = bench(() => import('./app/AppBench.tsx'))
const FormBench = bench(() => import('./form/FormBench.tsx'))
const FlowBench = bench(() => import('./flow/FlowBench.tsx'))
const DecisionBench = bench(() => import('./decision/DecisionBench.tsx'))
const PolicyBench = bench(() => import('./policy/PolicyBench.tsx'))
const MessageBench = bench(() => import('./message/MessageBench.tsx'))
const MetricBench = bench(() => import('./metric/MetricBench.tsx'))
const RuleBench = bench(() => import('./rule/RuleBench.tsx'))
const ScenarioBench = bench(() => import('./scenario/ScenarioBench.tsx'))

/** THE list of workbenches: a kind of definition without one does not compile. */
export const builders: { readonly [K in Kind]: Builder } = {
  app: { icon: <AppstoreOutlined />, needsForm: false, fresh: undefined, Bench: AppBench },
  form: { icon: <FormOutlined />, needsForm: false, fresh: fresh.form, Bench: FormBench },
  flow: { icon: <NodeIndexOutlined />, needsForm: true, fresh: fresh.flow, Bench: FlowBench },
  rule: { icon: <BranchesOutlined />, needsForm: true, fresh: fresh.rule, Bench: RuleBench },
  decision: { icon: <TableOutlined />, needsForm: true, fresh: fresh.decision, Bench: DecisionBench },
  board: { icon: <AreaChartOutlined />, needsForm: false, fresh: fresh.board, Bench: BoardBench },
  metric: { icon: <FundOutlined />, needsForm: true, fresh: fresh.metric, Bench: MetricBench },
  policy: { icon: <ClockCircleOutlined />, needsForm: true, fresh: fresh.policy, Bench: PolicyBench },
  calendar: { icon: <CalendarOutlined />, needsForm: false, fresh: fresh.calendar, Bench: CalendarBench },
  assignment: { icon: <UserSwitchOutlined />, needsForm: false, fresh: fresh.assignment, Bench: AssignmentBench },
  message: { icon: <MailOutlined />, needsForm: true, fresh: fresh.message, Bench: MessageBench },
  scenario: { icon: <PlayCircleOutlined />, needsForm: true, fresh: fresh.scenario, Bench: ScenarioBench },
}

/** Fetches the code of a kind's workbench; of anything else: nothing. */
export function preloadBench(kind: string): void {
  if (isKind(kind)) void builders[kind].Bench.preload()
}
