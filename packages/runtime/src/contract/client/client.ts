import type {
  AuditPage,
  ChangeUser,
  CreateUser,
  EffectList,
  RoleView,
  SaveDepartment,
  SaveSecret,
  SaveVariable,
  SecretList,
  UserList,
  UserView,
  VariableList,
} from '../admin.ts'
import type {
  AlertDetail,
  AlertPage,
  AlertParameters,
  AlertRows,
  AnswerAlert,
  RuleList,
  RuleRunList,
  RuleRunParameters,
  WebhookCallList,
} from '../alerts.ts'
import type { AppSummary, AppView, Badges, DepartmentView, PersonView } from '../apps.ts'
import type {
  AppNeeds,
  DesignAppList,
  ExportQuery,
  ImportedZip,
  ImportZipOptions,
  NewApp,
  NewAppAnswer,
  TemplateList,
} from '../archive.ts'
import type { AssignmentCheckAnswer } from '../assignment-check.ts'
import type {
  AppFiles,
  BpmnFile,
  BpmnImported,
  DesignApp,
  Published,
  PublishPlan,
  RecalculationAnswer,
  RunScenarios,
  ScenarioRun,
  Validation,
  VersionList,
  WhatIf,
  WhatIfAnswer,
} from '../design.ts'
import type {
  AddDesignComment,
  DesignComments,
  DiffQuery,
  DraftEdited,
  DraftHistory,
  DraftList,
  DraftView,
  MergeAnswer,
  PatchDraft,
  Presence,
  PresenceAnswer,
  PutDraft,
  RebaseDraft,
  RollBack,
  RolledBack,
  StepDraft,
  UpgradeAnswer,
  UpgradeApp,
  VersionDiff,
} from '../drafts.ts'
import type { DeletedElements, ElementHistory, ElementQuery, RestoreElement } from '../elements.ts'
import type { FileView } from '../files.ts'
import type {
  FlowHistory,
  FlowHistoryParameters,
  FlowHistoryRecords,
  FlowHistoryRecordsParameters,
} from '../flow-history.ts'
import type { AdvanceClock, ClockNow } from '../health.ts'
import type { InstanceOverview, MoveAnswer, MoveInstances, ResolveInstance } from '../instances.ts'
import type { JobView } from '../jobs.ts'
import type { NotificationPage, SearchResult } from '../live.ts'
import type { AskForCode, CodeAsked, OwnRecordList, OwnRecordView, PortalView, ProveCode } from '../portal.ts'
import type { PublicFormView, PublicLinkList, PublicReceipt, SubmitPublicForm } from '../public.ts'
import type { BoardData, QueryAnswer } from '../query.ts'
import type { AcknowledgeClock, RecordView } from '../records.ts'
import type { LoadSample, SampleView } from '../sample.ts'
import type {
  ApiToken,
  ChangeMe,
  ChangePassword,
  CreatedToken,
  CreateToken,
  Session,
  Setup,
  SignIn,
  Welcome,
} from '../session.ts'
import type {
  AddAssignee,
  ApprovalView,
  AssignmentView,
  CompleteTask,
  DelegateTask,
  RefuseTask,
  RemoveAssignee,
  ReturnTask,
  SaveDraft,
  TaskAnswer,
  TaskPage,
  TaskParameters,
  TaskView,
  TransferTask,
  WithdrawTask,
} from '../tasks.ts'
import type {
  AssignmentTried,
  AssignmentTry,
  Backtest,
  BacktestAnswer,
  MetricQuery,
  Replay,
  ReplayAnswer,
  Simulated,
  Simulation,
} from '../tryout.ts'
import { recordCalls } from './records.ts'
import { type Call, type ClientOptions, createRequester, type Requester } from './request.ts'

type Write = Pick<Call, 'key' | 'signal'>
type Items<T> = { readonly items: readonly T[] }

const alertCalls = ({ send }: Requester) => ({
  list: (query: AlertParameters, signal?: AbortSignal) =>
    send<AlertPage>('GET', '/api/alerts', { query, ...(signal && { signal }) }),
  get: (id: string) => send<AlertDetail>('GET', `/api/alerts/${id}`),
  rows: (id: string, metric: string) => send<AlertRows>('GET', `/api/alerts/${id}/rows`, { query: { metric } }),
  acknowledge: (id: string, body: AnswerAlert, write: Write = {}) =>
    send<AlertDetail>('POST', `/api/alerts/${id}/acknowledge`, { body, ...write }),
  close: (id: string, body: AnswerAlert, write: Write = {}) =>
    send<AlertDetail>('POST', `/api/alerts/${id}/close`, { body, ...write }),
  rules: (app: string) => send<RuleList>('GET', `/api/apps/${app}/rules`),
  runs: (app: string, query: RuleRunParameters) => send<RuleRunList>('GET', `/api/apps/${app}/rule-runs`, { query }),
  runsOfRecord: (app: string, form: string, id: string, before?: string) =>
    send<RuleRunList>('GET', `/api/apps/${app}/forms/${form}/records/${id}/rule-runs`, {
      query: before === undefined ? {} : { before },
    }),
})

/** Keeps the token of the session for the writes that follow. */
function sessionCalls(requester: Requester) {
  const keep = (session: Session) => {
    requester.csrfToken = session.csrfToken
    return session
  }
  const { send } = requester
  return {
    welcome: () => send<Welcome>('GET', '/api/welcome'),
    setup: async (body: Setup) => keep(await send<Session>('POST', '/api/setup', { body })),
    signIn: async (body: SignIn) => keep(await send<Session>('POST', '/api/session', { body })),
    /** Who I am; a 401 problem when nobody is signed in. */
    me: async () => keep(await send<Session>('GET', '/api/session')),
    change: async (body: ChangeMe) => keep(await send<Session>('PATCH', '/api/session', { body })),
    changePassword: async (body: ChangePassword) =>
      keep(await send<Session>('POST', '/api/session/password', { body })),
    signOut: async () => {
      await send<void>('DELETE', '/api/session')
      requester.csrfToken = undefined
    },
  }
}

const taskCalls = ({ send }: Requester) => ({
  list: (query: TaskParameters = {}, signal?: AbortSignal) =>
    send<TaskPage>('GET', '/api/tasks', { query, ...(signal && { signal }) }),
  get: (id: string) => send<TaskView>('GET', `/api/tasks/${id}`),
  claim: (id: string, write: Write = {}) => send<TaskAnswer>('POST', `/api/tasks/${id}/claim`, { body: {}, ...write }),
  complete: (id: string, body: CompleteTask, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/complete`, { body, ...write }),
  transfer: (id: string, body: TransferTask, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/transfer`, { body, ...write }),
  refuse: (id: string, body: RefuseTask, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/refuse`, { body, ...write }),
  assignment: (id: string, whyNot?: string) =>
    send<AssignmentView>('GET', `/api/tasks/${id}/assignment`, { query: { whyNot } }),
  delegate: (id: string, body: DelegateTask, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/delegate`, { body, ...write }),
  addAssignee: (id: string, body: AddAssignee, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/add-assignee`, { body, ...write }),
  removeAssignee: (id: string, body: RemoveAssignee, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/remove-assignee`, { body, ...write }),
  return: (id: string, body: ReturnTask, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/return`, { body, ...write }),
  withdraw: (id: string, body: WithdrawTask = {}, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/withdraw`, { body, ...write }),
  saveDraft: (id: string, body: SaveDraft, write: Write = {}) =>
    send<TaskAnswer>('POST', `/api/tasks/${id}/draft`, { body, ...write }),
  approval: (id: string, signal?: AbortSignal) =>
    send<ApprovalView>('GET', `/api/tasks/${id}/approval`, { ...(signal && { signal }) }),
})

const adminCalls = ({ send }: Requester) => ({
  users: (query: { q?: string; page?: number; size?: number } = {}) =>
    send<UserList>('GET', '/api/admin/users', { query }),
  user: (id: string) => send<UserView>('GET', `/api/admin/users/${id}`),
  createUser: (body: CreateUser) => send<UserView>('POST', '/api/admin/users', { body }),
  changeUser: (id: string, body: ChangeUser) => send<UserView>('PATCH', `/api/admin/users/${id}`, { body }),
  createDepartment: (body: SaveDepartment) => send<DepartmentView>('POST', '/api/admin/departments', { body }),
  changeDepartment: (id: string, body: SaveDepartment) =>
    send<DepartmentView>('PUT', `/api/admin/departments/${id}`, { body }),
  roles: () => send<Items<RoleView>>('GET', '/api/admin/roles'),
  audit: (query: { cursor?: string } = {}) => send<AuditPage>('GET', '/api/admin/audit', { query }),
  effects: () => send<EffectList>('GET', '/api/admin/effects'),
  retryEffect: (key: string) => send<void>('POST', '/api/admin/effects/retry', { body: { key } }),
  dropEffect: (key: string) => send<void>('POST', '/api/admin/effects/drop', { body: { key } }),
  secrets: () => send<SecretList>('GET', '/api/admin/secrets'),
  saveSecret: (app: string, name: string, body: SaveSecret) =>
    send<void>('PUT', `/api/admin/secrets/${app}/${name}`, { body }),
  dropSecret: (app: string, name: string) => send<void>('DELETE', `/api/admin/secrets/${app}/${name}`),
  variables: () => send<VariableList>('GET', '/api/admin/variables'),
  saveVariable: (app: string, name: string, body: SaveVariable) =>
    send<void>('PUT', `/api/admin/variables/${app}/${name}`, { body }),
  dropVariable: (app: string, name: string) => send<void>('DELETE', `/api/admin/variables/${app}/${name}`),
})

const draftQuery = (name: string | undefined) => (name === undefined ? {} : { name })

const designCalls = ({ send, raw, address }: Requester) => ({
  /** Apps I may design. */
  apps: () => send<DesignAppList>('GET', '/api/design/apps'),
  templates: () => send<TemplateList>('GET', '/api/design/templates'),
  /** 409 `app.exists` when there is an app or a draft of this id. */
  create: (body: NewApp, write: Write = {}) => send<NewAppAnswer>('POST', '/api/design/apps', { body, ...write }),
  /** Address of the ZIP, for a link to download. */
  exportAddress: (app: string, query: ExportQuery = {}) => address(`/api/design/apps/${app}/export`, { ...query }),
  exportZip: async (app: string, query: ExportQuery = {}) =>
    (await raw('GET', `/api/design/apps/${app}/export`, { query: { ...query } })).blob(),
  /** What the app, or a draft, needs of this installation: secrets by name. */
  needs: (app: string, draft?: string) =>
    send<AppNeeds>('GET', `/api/design/apps/${app}/needs`, { query: draft === undefined ? {} : { draft } }),
  /** Brings the ZIP into a draft; 422 `archive.refused` lists what is wrong with it. */
  importZip: (app: string, file: Blob, options: Partial<ImportZipOptions> = {}) => {
    const body = new FormData()
    const { decisions, ...fields } = options
    for (const [name, value] of Object.entries(fields)) body.set(name, String(value))
    if (decisions) body.set('decisions', JSON.stringify(decisions))
    body.set('file', file, `${app}.zip`)
    return send<ImportedZip>('POST', `/api/design/apps/${app}/import`, { body })
  },
  get: (app: string) => send<DesignApp>('GET', `/api/design/apps/${app}`),
  versions: (app: string) => send<VersionList>('GET', `/api/design/apps/${app}/versions`),
  validate: (app: string, body: AppFiles) => send<Validation>('POST', `/api/design/apps/${app}/validate`, { body }),
  plan: (app: string, body: AppFiles) => send<PublishPlan>('POST', `/api/design/apps/${app}/plan`, { body }),
  whatIf: (app: string, body: WhatIf) => send<WhatIfAnswer>('POST', `/api/design/apps/${app}/what-if`, { body }),
  backtest: (app: string, body: Backtest) => send<BacktestAnswer>('POST', `/api/design/apps/${app}/backtest`, { body }),
  recalculation: (app: string, body: AppFiles) =>
    send<RecalculationAnswer>('POST', `/api/design/apps/${app}/recalculation`, { body }),
  replay: (app: string, body: Replay) => send<ReplayAnswer>('POST', `/api/design/apps/${app}/replay`, { body }),
  flowHistory: (app: string, flow: string, query: FlowHistoryParameters = {}, signal?: AbortSignal) =>
    send<FlowHistory>('GET', `/api/design/apps/${app}/flows/${flow}/history`, { query, ...(signal && { signal }) }),
  flowHistoryRecords: (app: string, flow: string, query: FlowHistoryRecordsParameters) =>
    send<FlowHistoryRecords>('GET', `/api/design/apps/${app}/flows/${flow}/history/records`, { query }),
  tryAssignment: (app: string, body: AssignmentTry) =>
    send<AssignmentTried>('POST', `/api/design/apps/${app}/assignment/try`, { body }),
  query: (app: string, body: MetricQuery, signal?: AbortSignal) =>
    send<QueryAnswer>('POST', `/api/design/apps/${app}/query`, { body, ...(signal ? { signal } : {}) }),
  simulate: (app: string, body: Simulation) => send<Simulated>('POST', `/api/design/apps/${app}/simulate`, { body }),
  publish: (app: string, body: AppFiles, write: Write = {}) =>
    send<Published>('POST', `/api/design/apps/${app}/publish`, { body, ...write }),
  instances: (app: string) => send<InstanceOverview>('GET', `/api/design/apps/${app}/instances`),
  migrate: (app: string, body: MoveInstances, write: Write = {}) =>
    send<MoveAnswer>('POST', `/api/design/apps/${app}/instances/migrate`, { body, ...write }),
  resolveInstance: (app: string, instance: string, body: ResolveInstance, write: Write = {}) =>
    send<void>('POST', `/api/design/apps/${app}/instances/${instance}/resolve`, { body, ...write }),
  drafts: (app: string) => send<DraftList>('GET', `/api/design/apps/${app}/drafts`),
  draft: (app: string, name?: string) =>
    send<DraftView>('GET', `/api/design/apps/${app}/draft`, { query: draftQuery(name) }),
  putDraft: (app: string, body: PutDraft, name?: string, write: Write = {}) =>
    send<DraftEdited>('PUT', `/api/design/apps/${app}/draft`, { query: draftQuery(name), body, ...write }),
  /** 409 `draft.conflict` when somebody else was faster: read the draft again and try anew. */
  patchDraft: (app: string, body: PatchDraft, name?: string, write: Write = {}) =>
    send<DraftEdited>('PATCH', `/api/design/apps/${app}/draft`, { query: draftQuery(name), body, ...write }),
  removeDraft: (app: string, name?: string) =>
    send<void>('DELETE', `/api/design/apps/${app}/draft`, { query: draftQuery(name) }),
  undoDraft: (app: string, body: StepDraft, name?: string) =>
    send<DraftEdited>('POST', `/api/design/apps/${app}/draft/undo`, { query: draftQuery(name), body }),
  redoDraft: (app: string, body: StepDraft, name?: string) =>
    send<DraftEdited>('POST', `/api/design/apps/${app}/draft/redo`, { query: draftQuery(name), body }),
  draftHistory: (app: string, name?: string) =>
    send<DraftHistory>('GET', `/api/design/apps/${app}/draft/history`, { query: draftQuery(name) }),
  presence: (app: string, body: Presence, name?: string) =>
    send<PresenceAnswer>('POST', `/api/design/apps/${app}/draft/presence`, { query: draftQuery(name), body }),
  rebaseDraft: (app: string, body: RebaseDraft, name?: string, write: Write = {}) =>
    send<MergeAnswer>('POST', `/api/design/apps/${app}/draft/rebase`, { query: draftQuery(name), body, ...write }),
  upgrade: (app: string, body: UpgradeApp, write: Write = {}) =>
    send<UpgradeAnswer>('POST', `/api/design/apps/${app}/upgrade`, { body, ...write }),
  diff: (app: string, query: DiffQuery) =>
    send<VersionDiff>('GET', `/api/design/apps/${app}/versions/diff`, { query: { ...query } }),
  rollBack: (app: string, body: RollBack, write: Write = {}) =>
    send<RolledBack>('POST', `/api/design/apps/${app}/rollback`, { body, ...write }),
  elementHistory: (app: string, query: ElementQuery) =>
    send<ElementHistory>('GET', `/api/design/apps/${app}/elements/history`, { query: { ...query } }),
  deletedElements: (app: string, draft?: string) =>
    send<DeletedElements>('GET', `/api/design/apps/${app}/elements/deleted`, {
      query: draft === undefined ? {} : { draft },
    }),
  restoreElement: (app: string, name: string | undefined, body: RestoreElement, write: Write = {}) =>
    send<DraftEdited>('POST', `/api/design/apps/${app}/elements/restore`, { query: draftQuery(name), body, ...write }),
  comments: (app: string) => send<DesignComments>('GET', `/api/design/apps/${app}/comments`),
  comment: (app: string, body: AddDesignComment, write: Write = {}) =>
    send<DesignComments>('POST', `/api/design/apps/${app}/comments`, { body, ...write }),
  resolveComment: (app: string, id: string, resolved: boolean) =>
    send<DesignComments>('POST', `/api/design/apps/${app}/comments/${id}/resolve`, { body: { resolved } }),
  sample: (app: string) => send<SampleView>('GET', `/api/design/apps/${app}/sample`),
  loadSample: (app: string, body: LoadSample, write: Write = {}) =>
    send<SampleView>('POST', `/api/design/apps/${app}/sample`, { body, ...write }),
  publicLinks: (app: string) => send<PublicLinkList>('GET', `/api/design/apps/${app}/public-links`),
  makePublicLink: (app: string, form: string) =>
    send<PublicLinkList>('PUT', `/api/design/apps/${app}/public-links/${form}`, { body: {} }),
  dropPublicLink: (app: string, form: string) =>
    send<PublicLinkList>('DELETE', `/api/design/apps/${app}/public-links/${form}`),
  runScenarios: (app: string, body: RunScenarios) =>
    send<ScenarioRun>('POST', `/api/design/apps/${app}/scenarios/run`, { body }),
  importBpmn: (app: string, body: BpmnFile) =>
    send<BpmnImported>('POST', `/api/design/apps/${app}/bpmn/import`, { body }),
})

export type Client = ReturnType<typeof createClient>

/** The typed client of the whole outside contract; throws `ApiProblem` for every refusal. */
export function createClient(options: ClientOptions = {}) {
  const requester = createRequester(options)
  const { send, address } = requester
  return {
    session: sessionCalls(requester),
    apps: {
      list: () => send<Items<AppSummary>>('GET', '/api/apps'),
      get: (app: string) => send<AppView>('GET', `/api/apps/${app}`),
      assignmentCheck: (app: string) => send<AssignmentCheckAnswer>('GET', `/api/apps/${app}/assignment-check`),
      webhookCalls: (app: string, before?: string) =>
        send<WebhookCallList>('GET', `/api/apps/${app}/webhook-calls`, { query: { before } }),
      badges: (app: string) => send<Badges>('GET', `/api/apps/${app}/badges`),
      query: (app: string, query: object, signal?: AbortSignal) =>
        send<QueryAnswer>('POST', `/api/apps/${app}/query`, { body: { query }, ...(signal && { signal }) }),
      board: (app: string, board: string, filters?: object) =>
        send<BoardData>('GET', `/api/apps/${app}/boards/${board}/data`, {
          query: { filters: filters && JSON.stringify(filters) },
        }),
    },
    people: (query: { q?: string; role?: string; ids?: string; size?: number } = {}) =>
      send<Items<PersonView>>('GET', '/api/people', { query }),
    departments: () => send<Items<DepartmentView>>('GET', '/api/departments'),
    records: recordCalls(requester),
    tasks: taskCalls(requester),
    clocks: {
      acknowledge: (id: string, body: AcknowledgeClock = {}) =>
        send<RecordView>('POST', `/api/clocks/${id}/acknowledge`, { body }),
    },
    alerts: alertCalls(requester),
    notifications: {
      list: () => send<NotificationPage>('GET', '/api/notifications'),
      /** Marks as read; absent ids: all. */
      read: (ids?: readonly string[]) =>
        send<NotificationPage>('POST', '/api/notifications/read', { body: ids ? { ids } : {} }),
    },
    search: (q: string, signal?: AbortSignal) =>
      send<SearchResult>('GET', '/api/search', { query: { q }, ...(signal && { signal }) }),
    files: {
      upload: (file: Blob, name: string) => {
        const body = new FormData()
        body.append('file', file, name)
        return send<FileView>('POST', '/api/files', { body })
      },
      /** Address of a download; images and PDF may be shown in place with `inline`. */
      address: (id: string, inline = false) => address(`/api/files/${id}`, inline ? { inline: true } : {}),
    },
    portal: {
      get: (app: string) => send<PortalView>('GET', `/api/portal/${encodeURIComponent(app)}`),
      ask: (app: string, body: AskForCode) => send<CodeAsked>('POST', `/api/portal/${app}/code`, { body }),
      prove: (app: string, body: ProveCode) => send<void>('POST', `/api/portal/${app}/session`, { body }),
      leave: (app: string) => send<void>('DELETE', `/api/portal/${app}/session`),
      records: (app: string) => send<OwnRecordList>('GET', `/api/portal/${app}/records`),
      record: (app: string, form: string, id: string) =>
        send<OwnRecordView>('GET', `/api/portal/${app}/records/${form}/${id}`),
    },
    publicForms: {
      get: (token: string) => send<PublicFormView>('GET', `/api/public/${encodeURIComponent(token)}`),
      submit: (token: string, body: SubmitPublicForm, write: Write = {}) =>
        send<PublicReceipt>('POST', `/api/public/${encodeURIComponent(token)}`, { body, ...write }),
      /** Address that takes a file for this visit. */
      filesAddress: (token: string, visit: string) =>
        address(`/api/public/${encodeURIComponent(token)}/files`, { visit }),
    },
    jobs: {
      list: () => send<Items<JobView>>('GET', '/api/jobs'),
      get: (id: string) => send<JobView>('GET', `/api/jobs/${id}`),
      undo: (id: string) => send<JobView>('POST', `/api/jobs/${id}/undo`, { body: {} }),
    },
    tokens: {
      list: () => send<Items<ApiToken>>('GET', '/api/tokens'),
      create: (body: CreateToken) => send<CreatedToken>('POST', '/api/tokens', { body }),
      remove: (id: string) => send<void>('DELETE', `/api/tokens/${id}`),
    },
    admin: adminCalls(requester),
    design: designCalls(requester),
    test: { clock: (body: AdvanceClock) => send<ClockNow>('POST', '/api/test/clock', { body }) },
    /** Address of the live stream, for EventSource; its messages are `LiveEvent`s. */
    eventsAddress: () => address('/api/events'),
    requester,
  }
}
