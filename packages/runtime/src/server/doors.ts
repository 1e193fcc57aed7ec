import type { Readable } from 'node:stream'
import type {
  Answer,
  AppModel,
  Command,
  CommandBody,
  Directory,
  Id,
  Locale,
  Principal,
  RecordRow,
  Rejection,
  Result,
  TaskRow,
} from '@tenon/engine'
import type {
  AddDesignComment,
  AlertDetail,
  AlertPage,
  AlertParameters,
  AlertRows,
  ApiToken,
  AppFiles,
  AppNeeds,
  ApprovalView,
  AppView,
  AskForCode,
  AssignmentCheckAnswer,
  AssignmentTried,
  AssignmentTry,
  AssignmentView,
  AuditPage,
  Backtest,
  BacktestAnswer,
  Badges,
  BoardData,
  BpmnFile,
  BpmnImported,
  ChangeMe,
  ChangePassword,
  ChangeUser,
  CodeAsked,
  CreatedToken,
  CreateToken,
  CreateUser,
  DeletedElements,
  DepartmentView,
  DesignApp,
  DesignAppList,
  DesignComments,
  DiffQuery,
  DraftEdited,
  DraftHistory,
  DraftList,
  DraftView,
  EffectList,
  ElementHistory,
  ElementQuery,
  ExportQuery,
  FileView,
  FlowHistory,
  FlowHistoryParameters,
  FlowHistoryRecords,
  FlowHistoryRecordsParameters,
  FormContext,
  ImportedZip,
  ImportInspection,
  ImportZipOptions,
  InstanceOverview,
  JobView,
  ListParameters,
  LoadSample,
  MergeAnswer,
  MetricQuery,
  MoveAnswer,
  MoveInstances,
  NewApp,
  NewAppAnswer,
  NotificationPage,
  OwnRecordList,
  OwnRecordView,
  PatchDraft,
  PortalView,
  Presence,
  PresenceAnswer,
  ProveCode,
  PublicFormView,
  PublicLinkList,
  PublicReceipt,
  PublicUpload,
  Published,
  PublishPlan,
  PutDraft,
  QueryAnswer,
  RebaseDraft,
  RecalculationAnswer,
  RecordPage,
  RecordView,
  Replay,
  ReplayAnswer,
  ResolveInstance,
  RestoreElement,
  RollBack,
  RolledBack,
  RuleList,
  RuleRunList,
  RuleRunParameters,
  RunScenarios,
  SampleView,
  SaveDepartment,
  SavedView,
  SaveSecret,
  SaveVariable,
  SaveView,
  ScenarioRun,
  SearchResult,
  SecretList,
  Setup,
  SignIn,
  Simulated,
  Simulation,
  StepDraft,
  SubmitPublicForm,
  TaskPage,
  TaskParameters,
  TaskView,
  TemplateList,
  Timeline,
  TimelineEntry,
  UpgradeAnswer,
  UpgradeApp,
  UserList,
  UserView,
  Validation,
  VariableList,
  VersionDiff,
  VersionList,
  WebhookCallList,
  Welcome,
  WhatIf,
  WhatIfAnswer,
} from '@tenon/runtime/contract'
import type { Caller, UserPrincipal } from './auth/identity.ts'

/**
 * What the HTTP routes may ask of the inside: commands and queries, nothing else. Every read takes the principal
 * first and answers in the shapes of the contract; what is not there or not visible throws `record.notFound`.
 */
export type Doors = {
  directory(): Directory
  departmentName(id: Id): string | null
  /** The published app, whole; only for building answers that are filtered by rights. */
  app(id: string): AppModel | undefined
  apps(): readonly AppModel[]
  readonly commands: CommandDoor
  readonly records: RecordDoors
  readonly tasks: TaskDoors
  readonly alerts: AlertDoors
  readonly reports: ReportDoors
  readonly mine: MineDoors
  readonly files: FileDoors
  readonly publicForms: PublicFormDoors
  readonly publicLinks: PublicLinkDoors
  readonly portal: PortalDoors
  readonly sample: SampleDoors
  readonly imports: ImportDoors
  /** Calls of other systems, newest first. For those who manage or design the app. */
  webhookCalls(principal: Caller, app: string, before: Id | undefined): Promise<WebhookCallList>
  readonly admin: AdminDoors
  readonly design: DesignDoors
  readonly drafts: DraftDoors
  readonly archive: ArchiveDoors
  readonly elements: ElementDoors
  readonly instances: InstanceDoors
  readonly sessions: SessionDoors
}

/** One intention: the same key of the same person on the same route acts once and gets the first answer again. */
export type Intention = { readonly key: string; readonly route: string; readonly bodyHash: string }

type CommandDoor = {
  /** An id for what an intention will make: the same one whenever the same intention asks. */
  reserve(principal: Principal, intention: Intention): Promise<Id>
  execute(
    principal: Principal,
    body: CommandBody,
    options: { readonly source: Command['source']; readonly intention?: Intention },
  ): Promise<Result<Answer, Rejection>>
}

export type RecordDoors = {
  list(principal: Caller, app: string, form: string, parameters: ListParameters): Promise<RecordPage>
  /** `known`: the row as a command has just left it, which need not be read again. */
  get(principal: Caller, app: string, form: string, id: Id, known?: RecordRow): Promise<RecordView>
  timeline(principal: Caller, app: string, form: string, id: Id, before?: number): Promise<Timeline>
  /** The timeline entry of the comment the caller has just written. */
  comment(principal: Caller, app: string, form: string, id: Id): Promise<TimelineEntry>
  form(principal: Caller, app: string, form: string, id: Id, task?: Id): Promise<FormContext>
  newForm(principal: Caller, app: string, form: string): Promise<FormContext>
  /** Ids that a condition and a text find, for bulk edits, at most `limit`. */
  find(
    principal: Caller,
    app: string,
    form: string,
    by: { where?: object; q?: string },
    limit: number,
  ): Promise<readonly Id[]>
  /** Page after page of a list, only rows with the right `export`. */
  pages(principal: Caller, app: string, form: string, parameters: ListParameters): AsyncIterable<RecordPage>
}

type TaskDoors = {
  list(principal: UserPrincipal, parameters: TaskParameters): Promise<TaskPage>
  /** A task I may see; with `known`, one I have just acted on, which may have left my sight. */
  get(principal: UserPrincipal, id: Id, known?: TaskRow): Promise<TaskView>
  /** `whyNot`: asks of one person in particular. */
  assignment(principal: UserPrincipal, id: Id, whyNot?: Id): Promise<AssignmentView>
  /** How the people asked stand at a task, where it can be returned to, and my draft. */
  approval(principal: UserPrincipal, id: Id): Promise<ApprovalView>
  /** What the strategies of an app leave open. */
  assignmentCheck(principal: Caller, app: string): AssignmentCheckAnswer
}

type AlertDoors = {
  list(principal: Caller, parameters: AlertParameters): Promise<AlertPage>
  get(principal: Caller, id: Id): Promise<AlertDetail>
  rows(principal: Caller, id: Id, metric: string): Promise<AlertRows>
  rules(principal: Caller, app: string): RuleList
  runs(principal: Caller, app: string, parameters: RuleRunParameters): Promise<RuleRunList>
  runsOfRecord(principal: Caller, app: string, form: string, id: Id, before?: Id): Promise<RuleRunList>
}

type ReportDoors = {
  query(principal: Caller, app: string, query: unknown): Promise<QueryAnswer>
  board(principal: Caller, app: string, board: string, filters: unknown): Promise<BoardData>
  badges(principal: Caller, app: string): Promise<Badges>
  /** Boards of an app that the person may open. */
  boards(principal: Caller, app: string): AppView['boards']
  search(principal: Caller, q: string): Promise<SearchResult>
}

export type MineDoors = {
  notifications(principal: UserPrincipal): Promise<NotificationPage>
  readNotifications(principal: UserPrincipal, ids: readonly Id[] | undefined): Promise<void>
  change(principal: UserPrincipal, change: ChangeMe): Promise<void>
  views(principal: UserPrincipal, app: string, form: string): Promise<readonly SavedView[]>
  /** Changes the view with this id, or makes one, under the reserved id where there is one. */
  saveView(
    principal: UserPrincipal,
    app: string,
    form: string,
    view: SaveView,
    id?: Id,
    reserved?: Id,
  ): Promise<SavedView>
  removeView(principal: UserPrincipal, app: string, form: string, id: Id): Promise<void>
}

export type FileDoors = {
  /** `reserve` gives the id that a repeated upload of the same content had before; undefined: a new one. */
  add(
    principal: UserPrincipal,
    name: string,
    content: Readable,
    reserve: (fingerprint: string) => Promise<Id | undefined>,
  ): Promise<FileView>
  open(principal: UserPrincipal, id: Id): Promise<{ readonly file: FileView; readonly content: Readable }>
}

/**
 * What somebody without an account may do, over the secret of a public form's link. Whatever is wrong with the link, the
 * answer is `publicForm.notFound`.
 */
export type PublicFormDoors = {
  readonly fileMaxBytes: number
  view(token: string, locale: Locale): Promise<PublicFormView>
  submit(token: string, submission: SubmitPublicForm, intention?: Intention): Promise<PublicReceipt>
  upload(token: string, about: PublicUpload, name: string, content: Readable): Promise<FileView>
}

/** The page of an app for its customers; what is not there is `portal.notFound`, whatever the reason. */
export type PortalDoors = {
  readonly sessionSeconds: number
  view(app: string, secret: string | undefined): Promise<PortalView>
  /** Asks for a code to sign in with. Whether it was sent is not said. */
  ask(app: string, asked: AskForCode, locale: Locale): Promise<CodeAsked>
  /** Secret of the new session. */
  prove(app: string, proof: ProveCode): Promise<string>
  leave(app: string, secret: string): Promise<void>
  records(app: string, secret: string | undefined, locale: Locale): Promise<OwnRecordList>
  record(
    app: string,
    secret: string | undefined,
    at: { readonly form: string; readonly id: Id },
    locale: Locale,
  ): Promise<OwnRecordView>
}

/** The links of an app's public forms; for those who design it. */
export type PublicLinkDoors = {
  list(principal: Caller, app: string): Promise<PublicLinkList>
  /** A new link; the one before it leads nowhere from then on. */
  make(principal: Caller, app: string, form: string): Promise<PublicLinkList>
  drop(principal: Caller, app: string, form: string): Promise<PublicLinkList>
}

/** The demo data that an app's live version brings; for those who design it. */
export type SampleDoors = {
  view(principal: Caller, app: string, locale: Locale): Promise<SampleView>
  /** Imports every sheet as a job of its own, or tries whether that would go. Answers as soon as they wait their turn. */
  load(principal: Caller, app: string, how: LoadSample, locale: Locale): Promise<SampleView>
}

export type ImportOptions = {
  readonly mapping: unknown
  readonly mode: 'all' | 'partial'
  readonly dryRun: boolean
  readonly history: boolean
  /** Id of the job to be. One that is there already is answered as it stands, and nothing is started again. */
  readonly batch?: Id
  /** The second file, where the mapping takes history entries from one. The job removes it at its end, too. */
  readonly entries?: { readonly path: string; readonly name: string }
}
export type ImportDoors = {
  inspect(principal: Caller, app: string, form: string, path: string, name: string): Promise<ImportInspection>
  start(
    principal: Caller,
    app: string,
    form: string,
    path: string,
    name: string,
    options: ImportOptions,
  ): Promise<JobView>
  job(principal: Caller, id: Id, locale: Locale): Promise<JobView>
  undo(principal: Caller, id: Id): Promise<JobView>
  jobs(principal: Caller, locale: Locale): Promise<readonly JobView[]>
  errorFile(principal: Caller, id: Id): Promise<Readable>
}

export type AdminDoors = {
  users(parameters: { readonly q?: string; readonly page?: number; readonly size?: number }): Promise<UserList>
  user(id: Id): Promise<UserView>
  createUser(
    by: Caller,
    user: Omit<CreateUser, 'password'> & { readonly id?: Id },
    passwordHash: string,
  ): Promise<UserView>
  changeUser(by: Caller, id: Id, change: Omit<ChangeUser, 'password'>, passwordHash?: string): Promise<UserView>
  departments(): Promise<readonly DepartmentView[]>
  /** Changes the department with this id, or makes one, under the reserved id where there is one. */
  saveDepartment(by: Caller, department: SaveDepartment, id?: Id, reserved?: Id): Promise<DepartmentView>
  audit(cursor: string | undefined): Promise<AuditPage>
  effects(): Promise<EffectList>
  retryEffect(by: Caller, key: string): Promise<void>
  /** Gives up for good what is dead. */
  dropEffect(by: Caller, key: string): Promise<void>
  secrets(): Promise<SecretList>
  saveSecret(by: Caller, app: string, name: string, secret: SaveSecret): Promise<void>
  dropSecret(by: Caller, app: string, name: string): Promise<void>
  variables(locale: Locale): Promise<VariableList>
  saveVariable(by: Caller, app: string, name: string, variable: SaveVariable): Promise<void>
  /** The default of the template counts again. */
  dropVariable(by: Caller, app: string, name: string): Promise<void>
}

export type DesignDoors = {
  read(principal: Caller, app: string): Promise<DesignApp>
  versions(principal: Caller, app: string): Promise<VersionList>
  validate(principal: Caller, app: string, files: AppFiles, locale: Locale): Promise<Validation>
  plan(principal: Caller, app: string, files: AppFiles, locale: Locale): Promise<PublishPlan>
  recalculation(principal: Caller, app: string, asked: AppFiles, locale: Locale): Promise<RecalculationAnswer>
  whatIf(principal: Caller, app: string, draft: WhatIf, locale: Locale): Promise<WhatIfAnswer>
  backtest(principal: Caller, app: string, asked: Backtest, locale: Locale): Promise<BacktestAnswer>
  replay(principal: Caller, app: string, asked: Replay, locale: Locale): Promise<ReplayAnswer>
  simulate(principal: Caller, app: string, asked: Simulation, locale: Locale): Promise<Simulated>
  tryAssignment(principal: Caller, app: string, asked: AssignmentTry, locale: Locale): Promise<AssignmentTried>
  /** A question under the caller's own rights, with metrics that need not be published. */
  query(principal: Caller, app: string, asked: MetricQuery): Promise<QueryAnswer>
  /** `restores`: the version the files are taken from, when they lead back to one. */
  publish(principal: Caller, app: string, files: AppFiles, locale: Locale, restores?: number): Promise<Published>
  flowHistory(principal: Caller, app: string, flow: string, over: FlowHistoryParameters): Promise<FlowHistory>
  flowHistoryRecords(
    principal: Caller,
    app: string,
    flow: string,
    asked: FlowHistoryRecordsParameters,
  ): Promise<FlowHistoryRecords>
  runScenarios(principal: Caller, app: string, asked: RunScenarios, locale: Locale): Promise<ScenarioRun>
  /** Flows of a BPMN document; changes nothing. */
  importBpmn(principal: Caller, app: string, file: BpmnFile, locale: Locale): Promise<BpmnImported>
  /** A published flow as BPMN 2.0 XML. */
  exportBpmn(principal: Caller, app: string, flow: string): Promise<string>
}

export type DraftDoors = {
  list(principal: Caller, app: string): Promise<DraftList>
  /** The draft, or the live version where nobody has changed anything yet. */
  read(principal: Caller, app: string, name: string): Promise<DraftView>
  put(principal: Caller, app: string, name: string, draft: PutDraft): Promise<DraftEdited>
  patch(principal: Caller, app: string, name: string, patch: PatchDraft): Promise<DraftEdited>
  undo(principal: Caller, app: string, name: string, step: StepDraft): Promise<DraftEdited>
  redo(principal: Caller, app: string, name: string, step: StepDraft): Promise<DraftEdited>
  history(principal: Caller, app: string, name: string): Promise<DraftHistory>
  remove(principal: Caller, app: string, name: string): Promise<void>
  /** Says that I am here and tells who else is. */
  present(principal: Caller, app: string, name: string, presence: Presence): Promise<PresenceAnswer>
  rebase(principal: Caller, app: string, name: string, request: RebaseDraft, locale: Locale): Promise<MergeAnswer>
  upgrade(principal: Caller, app: string, request: UpgradeApp, locale: Locale): Promise<UpgradeAnswer>
  diff(principal: Caller, app: string, query: DiffQuery, locale: Locale): Promise<VersionDiff>
  rollBack(principal: Caller, app: string, request: RollBack, locale: Locale): Promise<RolledBack>
  comments(principal: Caller, app: string): Promise<DesignComments>
  comment(principal: Caller, app: string, comment: AddDesignComment, reserved?: Id): Promise<DesignComments>
  resolveComment(principal: Caller, app: string, id: Id, resolved: boolean): Promise<DesignComments>
}

/** Apps as files: new ones, templates, ZIP archives. */
export type ArchiveDoors = {
  /** Apps that have only a draft yet, for administrators; empty for everybody else. */
  unpublished(principal: Caller): Promise<DesignAppList['unpublished']>
  templates(): TemplateList
  create(principal: Caller, app: NewApp): Promise<NewAppAnswer>
  exportZip(principal: Caller, app: string, query: ExportQuery): Promise<{ name: string; bytes: Uint8Array }>
  /** What the app, or a draft of it, needs of this installation. */
  needs(principal: Caller, app: string, draft: string | undefined, locale: Locale): Promise<AppNeeds>
  /** Refused whole (`archive.refused`) when anything about the archive is wrong. */
  importZip(
    principal: Caller,
    app: string,
    archive: Uint8Array,
    options: ImportZipOptions,
    locale: Locale,
  ): Promise<ImportedZip>
}

/** Single elements of an app over time. */
export type ElementDoors = {
  history(principal: Caller, app: string, query: ElementQuery, locale: Locale): Promise<ElementHistory>
  deleted(principal: Caller, app: string, query: { draft?: string }, locale: Locale): Promise<DeletedElements>
  /** One edit of the draft, which can be taken back. */
  restore(principal: Caller, app: string, draft: string, request: RestoreElement, locale: Locale): Promise<DraftEdited>
}

/** What becomes of running instances when their flow has changed. */
export type InstanceDoors = {
  overview(principal: Caller, app: string, locale: Locale): Promise<InstanceOverview>
  migrate(principal: Caller, app: string, request: MoveInstances, locale: Locale): Promise<MoveAnswer>
  resolve(principal: Caller, app: string, instance: Id, request: ResolveInstance): Promise<void>
  /** Resolves when every move ordered so far is done. */
  idle(): Promise<void>
}

/** Sign-in state: rows of the database, so that it survives a restart and can be revoked on every instance. */
export type SessionDoors = {
  bySession(secret: string): Promise<{ readonly principal: UserPrincipal; readonly hash: string } | undefined>
  byToken(secret: string): Promise<{ readonly principal: UserPrincipal; readonly id: Id } | undefined>
  /** A new session for right credentials; the one before it is closed. Undefined: wrong, whatever is wrong. */
  signIn(credentials: SignIn, visit: Visit, previousHash?: string): Promise<Opened | undefined>
  signOut(hash: string): Promise<void>
  /** Closes every other session of the person. False: the current password is wrong. */
  changePassword(principal: UserPrincipal, change: ChangePassword, keepHash: string | undefined): Promise<boolean>
  setupNeeded(): Promise<boolean>
  /** Makes the first admin; undefined when there is somebody already. */
  setup(setup: Setup, visit: Visit): Promise<Opened | undefined>
  demoPeople(): Promise<Welcome['demo']>
  tokens(principal: UserPrincipal): Promise<readonly ApiToken[]>
  createToken(principal: UserPrincipal, token: CreateToken, reserved?: Id): Promise<CreatedToken>
  revokeToken(principal: UserPrincipal, id: Id): Promise<boolean>
}
export type Opened = { readonly secret: string; readonly principal: UserPrincipal }
export type Visit = { readonly address: string; readonly agent: string }
