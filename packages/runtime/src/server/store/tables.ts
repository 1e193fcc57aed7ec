import type { Generated } from 'kysely'

/**
 * The tables every installation has, as Kysely sees them. Moments are milliseconds, claims are 0 or 1, documents are
 * JSON text, on both databases. Tables of forms (`r_<app>_<form>`) are not here: they follow the definitions.
 */
export type Tables = {
  departments: {
    id: string
    code: string
    name: string
    parent_id: string | null
    manager_id: string | null
    /** App whose demo data brought the department, and the code it has there. */
    demo_of: Generated<string | null>
    demo_as: Generated<string | null>
    created_at: number
    updated_at: number
    version: number
  }
  users: {
    id: string
    username: string
    name: string
    password_hash: string | null
    email: string | null
    phone: string | null
    department_id: string | null
    superior_id: string | null
    locale: string
    zone: string
    active: number
    away: number
    deputy_id: string | null
    away_from: number | null
    away_until: number | null
    admin: number
    skills: string
    skill_levels: Generated<string>
    certifications: Generated<string>
    languages: Generated<string>
    regions: string
    capacity: number
    shift: string | null
    /** App whose demo data brought the person, and what they are called there. */
    demo_of: Generated<string | null>
    demo_as: Generated<string | null>
    created_at: number
    updated_at: number
    version: number
  }
  role_grants: { user_id: string; app: string; role: string }
  sessions: {
    id: string
    user_id: string
    csrf: string
    created_at: number
    seen_at: number
    expires_at: number
    address: string
    agent: string
  }
  api_tokens: {
    id: string
    hash: string
    user_id: string
    name: string
    created_at: number
    created_by: string | null
    expires_at: number | null
    used_at: number | null
    revoked_at: number | null
  }
  revisions: { name: string; value: string }
  settings: { name: string; value: string }

  apps: { id: string; version: number; published_at: number }
  app_versions: {
    app: string
    version: number
    files: string
    hash: string
    note: string
    plan: string
    published_at: number
    published_by: string | null
  }
  drafts: {
    id: string
    app: string
    name: string
    base_version: number
    revision: number
    /** The template files it upgrades to, with the decisions taken; null: it is no upgrade. */
    template: string | null
    created_at: number
    updated_at: number
    updated_by: string | null
  }
  draft_files: { draft: string; path: string; file: string }
  draft_edits: {
    draft: string
    seq: number
    revision: number
    made_at: number
    made_by: string | null
    label: string
    patch: string
    inverse: string
    undone: number
  }
  draft_presence: { draft: string; user_id: string; place: string; seen_at: number }
  design_comments: {
    id: string
    app: string
    place: string
    body: string
    made_at: number
    made_by: string | null
    resolved_at: number | null
    resolved_by: string | null
  }
  /** What an app was last made or upgraded from, and how conflicts were decided. */
  template_base_versions: { app: string; version: number; files: string; decisions: string }
  flow_texts: { hash: string; app: string; flow: string; text: string; created_at: number }
  form_tables: { app: string; form: string; table_name: string; version: number }
  form_columns: {
    app: string
    form: string
    field: string
    generation: number
    column_name: string
    kind: string
    scale: number | null
    element: string | null
    active: number
    since_version: number
    until_version: number | null
  }
  quarantined_values: {
    app: string
    form: string
    record: string
    field: string
    version: number
    value: string
    reason: string
  }

  events: {
    event_id: string
    app: string
    form: string
    record: string
    seq: number
    at: number
    type: string
    actor: string | null
    source: string
    command: string
    cause: string | null
    data: string
    salt: string
    data_hash: string
    prev_hash: string
    hash: string
  }
  event_heads: { app: string; form: string; record: string; seq: number; hash: string }
  audit_seals: { day: string; entries: number; hash: string; prev_hash: string; sealed_at: number }

  instances: {
    id: string
    app: string
    form: string
    record: string
    flow: string
    flow_hash: string
    status: string
    started_at: number
    ended_at: number | null
    version: number
    snapshot: string
    /** The instance that has called it. */
    parent: string | null
    /** Since when and why a person has to decide how it goes on; null: nobody has to. */
    parked: string | null
  }
  /** What was chosen for the instances of a flow when a version was published, and how far that is carried out. */
  instance_moves: {
    id: string
    app: string
    version: number
    targets: string
    choices: string
    state: string
    started_by: string | null
    started_at: number
    finished_at: number | null
    after: string
    moved: number
    kept: number
    parked: number
  }
  flow_tokens: {
    token: string
    instance: string
    app: string
    flow: string
    flow_hash: string
    node: string
    edge: string | null
    visit: number
    since: number
    /** Why it cannot go on. */
    dead: string | null
  }
  flow_waits: {
    instance: string
    node: string
    visit: number
    app: string
    kind: string
    name: string
    key: string
  }
  flow_messages: {
    app: string
    name: string
    message: string
    key: string
    received_at: number
    expires_at: number
    data: string
    taken_by: string | null
    taken_at: number | null
  }
  flow_mutexes: {
    instance: string
    node: string
    visit: number
    app: string
    name: string
    key: string
    position: number
  }
  tasks: {
    id: string
    app: string
    form: string
    record: string
    instance: string
    flow: string
    node: string
    visit: number
    state: string
    assignee: string | null
    created_at: number
    claimed_at: number | null
    completed_at: number | null
    completed_by: string | null
    outcome: string | null
    due_at: number | null
    version: number
    owner: string | null
    advice: string | null
    via: string | null
    draft: string | null
  }
  task_candidates: { task: string; kind: string; ref: string; position: number }
  /** `not_before`: of a timer that has been tried, when it may be tried again. */
  timers: {
    key: string
    due_at: number
    app: string
    payload: string
    attempts: number
    not_before: number | null
    last_error: string | null
  }
  /** The clock whole in `body`; the other columns are what worklists and reports ask for. */
  clocks: {
    id: string
    app: string
    form: string
    record: string
    owner_kind: string
    owner_ref: string
    task: string | null
    state: string
    started_at: number
    target_ms: number
    due_at: number | null
    stopped_at: number | null
    elapsed_ms: number
    breached_at: number | null
    met: number | null
    body: string
  }
  assignment_turns: {
    app: string
    strategy: string
    last: string
  }
  assignments: {
    id: string
    app: string
    form: string
    record: string
    task: string
    at: number
    strategy: string
    chosen: string | null
    fallback: number
    candidates: string
  }
  alerts: {
    id: string
    app: string
    rule: string
    version: number
    kind: string
    dedupe_key: string
    severity: string
    title: string
    form: string | null
    record: string | null
    owner: string | null
    state: string
    raised_at: number
    acknowledged_at: number | null
    acknowledged_by: string | null
    closed_at: number | null
    closed_by: string | null
    comment: string | null
    cleared_at: number | null
    run: string
    watch: string
    evidence: string
    revision: number
  }
  alert_groups: { app: string; key: string; alert: string }
  alert_people: { alert: string; person: string; position: number }
  rule_runs: {
    id: string
    app: string
    rule: string
    version: number
    at: number
    event: string
    form: string | null
    record: string | null
    command: string
    outcome: string
    why: string | null
  }
  notifications: {
    id: string
    user_id: string
    at: number
    title: string
    body: string
    app: string | null
    form: string | null
    record: string | null
    task: string | null
    message: string | null
    read_at: number | null
  }

  jobs: {
    key: string
    type: string
    payload: string
    state: string
    attempts: number
    run_at: number
    lease: string | null
    leased_until: number | null
    last_error: string | null
    created_at: number
    updated_at: number
  }
  /** Effects that go out in order and are not out yet; the first of a lane is a job. */
  outbox_lanes: { seq: Generated<number>; lane: string; key: string; effect: string }
  webhook_calls: {
    key: string
    id: string
    app: string
    form: string | null
    record: string | null
    cause: string
    method: string
    url: string
    state: string
    status: number | null
    answer: string | null
    error: string | null
    attempts: number
    created_at: number
    updated_at: number
  }
  /** `sealed` can be opened with the key in the data folder only, and for that origin only. */
  secrets: {
    app: string
    name: string
    origin: string
    sealed: string
    updated_at: number
    updated_by: string | null
  }
  variables: {
    app: string
    name: string
    value: string
    updated_at: number
    updated_by: string | null
  }
  workers: { id: string; seen_at: number }
  sent_messages: {
    key: string
    channel: string
    recipient: string
    user_id: string | null
    subject: string
    body: string
    message: string | null
    at: number
    state: string
    detail: string | null
  }
  idempotency: { actor: string; route: string; key: string; body_hash: string; answer: string; created_at: number }
  serials: { app: string; form: string; field: string; period: string; value: number }
  files: {
    id: string
    name: string
    media_type: string
    size_bytes: number
    sha256: string
    uploaded_by: string
    uploaded_at: number
    app: string | null
    form: string | null
    record: string | null
  }
  portal_codes: {
    id: string
    app: string
    mail: string
    locale: string
    code_hash: string | null
    attempts: number
    expires_at: number
    used_at: number | null
  }
  portal_sessions: { id: string; app: string; mail: string; expires_at: number }
  public_links: { app: string; form: string; token: string; made_at: number; made_by: string | null }
  saved_views: {
    id: string
    user_id: string
    app: string
    form: string
    name: string
    definition: string
    created_at: number
    updated_at: number
  }
  import_batches: {
    id: string
    app: string
    form: string
    file_name: string
    state: string
    mode: string
    started_by: string | null
    started_at: number
    finished_at: number | null
    seen_at: number
    rows_total: number
    rows_done: number
    created: number
    updated: number
    skipped: number
    failed: number
    problem: string | null
    phase: string
  }
  import_row_errors: {
    batch: string
    position: number
    row: number
    column_name: string | null
    value: string
    code: string
    details: string
  }
  search_rows: { id: number; app: string; form: string; record: string }
}
