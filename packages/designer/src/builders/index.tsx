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
import { lazy } from 'react'
import type { Builder } from './contract.ts'
import * as fresh from './fresh.ts'
import type { Kind } from './kinds.ts'

const AssignmentBench = lazy(() => import('./assignment/AssignmentBench.tsx'))
const BoardBench = lazy(() => import('./board/BoardBench.tsx'))
const CalendarBench = lazy(() => import('./calendar/CalendarBench.tsx'))
const AppBench = lazy(() => import('./app/AppBench.tsx'))
const FormBench = lazy(() => import('./form/FormBench.tsx'))
const FlowBench = lazy(() => import('./flow/FlowBench.tsx'))
const DecisionBench = lazy(() => import('./decision/DecisionBench.tsx'))
const PolicyBench = lazy(() => import('./policy/PolicyBench.tsx'))
const MessageBench = lazy(() => import('./message/MessageBench.tsx'))
const MetricBench = lazy(() => import('./metric/MetricBench.tsx'))
const RuleBench = lazy(() => import('./rule/RuleBench.tsx'))
const ScenarioBench = lazy(() => import('./scenario/ScenarioBench.tsx'))

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
