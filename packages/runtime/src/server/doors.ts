import type { Readable } from 'node:stream'
import type { AppModel, Command, CommandBody, Answer, Directory, Id, Principal, Rejection, Result } from '@tenon/engine'
import type {
  AppFiles, AuditPage, Badges, BoardData, ChangeMe, ChangeUser, CreateUser, DepartmentView, DesignApp, EffectList, FileView,
  FormContext, ImportInspection, JobView, ListParameters, NotificationPage, PublishPlan, Published, QueryAnswer, RecordPage,
  RecordView, SavedView, SaveDepartment, SaveView, ScenarioRun, SearchResult, TaskPage, TaskParameters, TaskView, Timeline,
  TimelineEntry, AssignmentView, UserList, UserView, Validation, VersionList,
} from '@tenon/runtime/contract'
import type { Identity, UserPrincipal } from './auth/identity.ts'

/**
 * What the HTTP routes may ask of the inside: commands and queries, nothing else. Every read takes the principal
 * first and answers in the shapes of the contract; what is not there or not visible throws `record.notFound`.
 */
export type Doors = {
  directory(): Directory
  /** The published app, whole; only for building answers that are filtered by rights. */
  app(id: string): AppModel | undefined
  apps(): readonly AppModel[]
  readonly commands: CommandDoor
  readonly records: RecordDoors
  readonly tasks: TaskDoors
  readonly reports: ReportDoors
  readonly mine: MineDoors
  readonly files: FileDoors
  readonly imports: ImportDoors
  readonly admin: AdminDoors
  readonly design: DesignDoors
}

/** One intention: the same key of the same person on the same route acts once and gets the first answer again. */
export type Intention = { readonly key: string; readonly route: string; readonly bodyHash: string }

export type CommandDoor = {
  execute(principal: Principal, body: CommandBody, options: { readonly source: Command['source']; readonly intention?: Intention }): Promise<Result<Answer, Rejection>>
}

export type RecordDoors = {
  list(principal: UserPrincipal, app: string, form: string, parameters: ListParameters): Promise<RecordPage>
  get(principal: UserPrincipal, app: string, form: string, id: Id): Promise<RecordView>
  timeline(principal: UserPrincipal, app: string, form: string, id: Id, before?: number): Promise<Timeline>
  comment(principal: UserPrincipal, app: string, form: string, id: Id, command: Id): Promise<TimelineEntry>
  form(principal: UserPrincipal, app: string, form: string, id: Id, task?: Id): Promise<FormContext>
  newForm(principal: UserPrincipal, app: string, form: string): Promise<FormContext>
  /** Ids that a condition and a text find, for bulk edits, at most `limit`. */
  find(principal: UserPrincipal, app: string, form: string, by: { where?: object; q?: string }, limit: number): Promise<readonly Id[]>
  export(principal: UserPrincipal, app: string, form: string, parameters: ListParameters): AsyncIterable<readonly ExportCell[]>
}
export type ExportCell = null | boolean | number | string | { readonly text: string }

export type TaskDoors = {
  list(principal: UserPrincipal, parameters: TaskParameters): Promise<TaskPage>
  get(principal: UserPrincipal, id: Id): Promise<TaskView>
  assignment(principal: UserPrincipal, id: Id): Promise<AssignmentView>
}

export type ReportDoors = {
  query(principal: UserPrincipal, app: string, query: unknown): Promise<QueryAnswer>
  board(principal: UserPrincipal, app: string, board: string, filters: unknown): Promise<BoardData>
  badges(principal: UserPrincipal, app: string): Promise<Badges>
  search(principal: UserPrincipal, q: string): Promise<SearchResult>
}

export type MineDoors = {
  notifications(principal: UserPrincipal): Promise<NotificationPage>
  readNotifications(principal: UserPrincipal, ids: readonly Id[] | undefined): Promise<void>
  change(principal: UserPrincipal, change: ChangeMe): Promise<void>
  views(principal: UserPrincipal, app: string, form: string): Promise<readonly SavedView[]>
  saveView(principal: UserPrincipal, app: string, form: string, view: SaveView, id?: Id): Promise<SavedView>
  removeView(principal: UserPrincipal, app: string, form: string, id: Id): Promise<void>
}

export type FileDoors = {
  add(principal: UserPrincipal, name: string, content: Readable): Promise<FileView>
  open(principal: UserPrincipal, id: Id): Promise<{ readonly file: FileView; readonly content: Readable }>
}

export type ImportOptions = { readonly mapping: unknown; readonly mode: 'all' | 'partial'; readonly dryRun: boolean; readonly history: boolean }
export type ImportDoors = {
  inspect(principal: UserPrincipal, app: string, form: string, path: string, name: string): Promise<ImportInspection>
  start(principal: UserPrincipal, app: string, form: string, path: string, name: string, options: ImportOptions): Promise<JobView>
  job(principal: UserPrincipal, id: Id): Promise<JobView>
  jobs(principal: UserPrincipal): Promise<readonly JobView[]>
  errorFile(principal: UserPrincipal, id: Id): Promise<Readable>
}

export type AdminDoors = {
  users(parameters: { readonly q?: string; readonly page?: number; readonly size?: number }): Promise<UserList>
  user(id: Id): Promise<UserView>
  createUser(by: UserPrincipal, user: Omit<CreateUser, 'password'>, passwordHash: string): Promise<UserView>
  changeUser(by: UserPrincipal, id: Id, change: Omit<ChangeUser, 'password'>, passwordHash?: string): Promise<UserView>
  departments(): Promise<readonly DepartmentView[]>
  saveDepartment(by: UserPrincipal, department: SaveDepartment, id?: Id): Promise<DepartmentView>
  audit(cursor: string | undefined): Promise<AuditPage>
  effects(): Promise<EffectList>
  retryEffect(by: UserPrincipal, key: string): Promise<void>
}

export type DesignDoors = {
  read(principal: UserPrincipal, app: string): Promise<DesignApp>
  versions(principal: UserPrincipal, app: string): Promise<VersionList>
  validate(principal: UserPrincipal, app: string, files: AppFiles): Promise<Validation>
  plan(principal: UserPrincipal, app: string, files: AppFiles): Promise<PublishPlan>
  publish(principal: UserPrincipal, app: string, files: AppFiles): Promise<Published>
  runScenarios(principal: UserPrincipal, app: string, files: AppFiles): Promise<ScenarioRun>
}

/** Sign-in state: rows of the database, so that it survives a restart and can be revoked on every instance. */
export type SessionDoors = {
  credentials(username: string): Promise<{ readonly user: Id; readonly passwordHash: string } | undefined>
  open(user: Id, hash: string, expiresAt: number): Promise<void>
  close(hash: string): Promise<void>
  bySession(hash: string): Promise<Id | undefined>
  byToken(hash: string): Promise<{ readonly user: Id; readonly token: Id } | undefined>
}
export type { Identity }
