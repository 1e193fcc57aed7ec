import type { DatabaseKind } from '../database.ts'
import { type Migration, words } from './types.ts'

/** A table from short column notes: `name type…`, where `int` and `text` stand for the dialect's types. */
function table(kind: DatabaseKind, name: string, columns: readonly string[], keyed = false): string {
  const { int, text, table: end, keyed: keyedEnd } = words(kind)
  const body = columns.map((column) => column.replace(/^(\w+) int\b/, `$1 ${int}`).replace(/^(\w+) text\b/, `$1 ${text}`))
  return `CREATE TABLE ${name} (${body.join(', ')}) ${keyed ? keyedEnd : end}`
}

const people = (kind: DatabaseKind) => [
  table(kind, 'departments', [
    'id text PRIMARY KEY', 'code text NOT NULL UNIQUE', 'name text NOT NULL', 'parent_id text', 'manager_id text',
    'created_at int NOT NULL', 'updated_at int NOT NULL', 'version int NOT NULL',
  ]),
  table(kind, 'users', [
    'id text PRIMARY KEY', 'username text NOT NULL', 'name text NOT NULL', 'password_hash text', 'email text', 'phone text',
    'department_id text REFERENCES departments(id)', 'superior_id text', 'locale text NOT NULL', 'zone text NOT NULL', 'active int NOT NULL', 'away int NOT NULL',
    'admin int NOT NULL', 'skills text NOT NULL', 'regions text NOT NULL', 'capacity int NOT NULL', 'shift text',
    'created_at int NOT NULL', 'updated_at int NOT NULL', 'version int NOT NULL',
  ]),
  'CREATE UNIQUE INDEX users_username ON users (lower(username))',
  table(kind, 'role_grants', ['user_id text NOT NULL REFERENCES users(id)', 'app text NOT NULL', 'role text NOT NULL', 'PRIMARY KEY (user_id, app, role)'], true),
  table(kind, 'sessions', [
    'id text PRIMARY KEY', 'user_id text NOT NULL REFERENCES users(id)', 'csrf text NOT NULL', 'created_at int NOT NULL', 'seen_at int NOT NULL',
    'expires_at int NOT NULL', 'address text NOT NULL', 'agent text NOT NULL',
  ]),
  'CREATE INDEX sessions_user ON sessions (user_id)',
  'CREATE INDEX sessions_expiry ON sessions (expires_at)',
  table(kind, 'api_tokens', [
    'id text PRIMARY KEY', 'hash text NOT NULL UNIQUE', 'user_id text NOT NULL REFERENCES users(id)', 'name text NOT NULL', 'created_at int NOT NULL',
    'created_by text', 'expires_at int', 'used_at int', 'revoked_at int',
  ]),
  table(kind, 'revisions', ['name text PRIMARY KEY', 'value text NOT NULL'], true),
  "INSERT INTO revisions (name, value) VALUES ('apps', '0'), ('directory', '0')",
  table(kind, 'settings', ['name text PRIMARY KEY', 'value text NOT NULL'], true),
]

const definitions = (kind: DatabaseKind) => [
  table(kind, 'apps', ['id text PRIMARY KEY', 'version int NOT NULL', 'published_at int NOT NULL']),
  table(kind, 'app_versions', [
    'app text NOT NULL', 'version int NOT NULL', 'files text NOT NULL', 'hash text NOT NULL', 'note text NOT NULL', 'plan text NOT NULL',
    'published_at int NOT NULL', 'published_by text', 'PRIMARY KEY (app, version)',
  ]),
  table(kind, 'app_drafts', ['app text PRIMARY KEY', 'files text NOT NULL', 'base_version int NOT NULL', 'revision int NOT NULL', 'updated_at int NOT NULL', 'updated_by text']),
  table(kind, 'flow_texts', ['hash text PRIMARY KEY', 'app text NOT NULL', 'flow text NOT NULL', 'text text NOT NULL', 'created_at int NOT NULL']),
  table(kind, 'form_tables', ['app text NOT NULL', 'form text NOT NULL', 'table_name text NOT NULL UNIQUE', 'version int NOT NULL', 'PRIMARY KEY (app, form)']),
  table(kind, 'form_columns', [
    'app text NOT NULL', 'form text NOT NULL', 'field text NOT NULL', 'generation int NOT NULL', 'column_name text NOT NULL', 'kind text NOT NULL',
    'scale int', 'element text', 'active int NOT NULL', 'since_version int NOT NULL', 'until_version int', 'PRIMARY KEY (app, form, field, generation)',
  ]),
  table(kind, 'quarantined_values', [
    'app text NOT NULL', 'form text NOT NULL', 'record text NOT NULL', 'field text NOT NULL', 'version int NOT NULL', 'value text NOT NULL', 'reason text NOT NULL',
    'PRIMARY KEY (app, form, record, field, version)',
  ]),
]

const trail = (kind: DatabaseKind) => [
  table(kind, 'events', [
    'event_id text PRIMARY KEY', 'app text NOT NULL', 'form text NOT NULL', 'record text NOT NULL', 'seq int NOT NULL', 'at int NOT NULL', 'type text NOT NULL',
    'actor text', 'source text NOT NULL', 'command text NOT NULL', 'cause text', 'data text NOT NULL', 'salt text NOT NULL', 'data_hash text NOT NULL',
    'prev_hash text NOT NULL', 'hash text NOT NULL',
  ]),
  // Ids of records are unique by themselves; form and app stand behind for those that authors choose.
  'CREATE UNIQUE INDEX events_record ON events (record, seq, form, app)',
  table(kind, 'event_heads', ['app text NOT NULL', 'form text NOT NULL', 'record text NOT NULL', 'seq int NOT NULL', 'hash text NOT NULL', 'PRIMARY KEY (record, form, app)'], true),
  table(kind, 'audit_seals', ['day text PRIMARY KEY', 'entries int NOT NULL', 'hash text NOT NULL', 'prev_hash text NOT NULL', 'sealed_at int NOT NULL']),
]

const about = ['app text NOT NULL', 'form text NOT NULL', 'record text NOT NULL']
const work = (kind: DatabaseKind) => [
  table(kind, 'instances', [
    'id text PRIMARY KEY', ...about, 'flow text NOT NULL', 'flow_hash text NOT NULL', 'status text NOT NULL', 'started_at int NOT NULL', 'ended_at int',
    'version int NOT NULL', 'snapshot text NOT NULL',
  ]),
  'CREATE INDEX instances_record ON instances (record)',
  "CREATE INDEX instances_running ON instances (app, flow, flow_hash) WHERE status = 'running'",
  table(kind, 'flow_tokens', [
    'token text PRIMARY KEY', 'instance text NOT NULL REFERENCES instances(id)', 'app text NOT NULL', 'flow text NOT NULL', 'flow_hash text NOT NULL',
    'node text NOT NULL', 'edge text', 'visit int NOT NULL', 'since int NOT NULL',
  ]),
  'CREATE INDEX flow_tokens_instance ON flow_tokens (instance)',
  'CREATE INDEX flow_tokens_place ON flow_tokens (app, flow, node)',
  table(kind, 'tasks', [
    'id text PRIMARY KEY', ...about, 'instance text NOT NULL REFERENCES instances(id)', 'flow text NOT NULL', 'node text NOT NULL', 'visit int NOT NULL',
    'state text NOT NULL', 'assignee text', 'created_at int NOT NULL', 'claimed_at int', 'completed_at int', 'completed_by text', 'outcome text', 'due_at int', 'version int NOT NULL',
  ]),
  'CREATE INDEX tasks_record ON tasks (record)',
  'CREATE INDEX tasks_mine ON tasks (assignee, state, due_at)',
  "CREATE INDEX tasks_open ON tasks (app, due_at) WHERE state = 'open'",
  "CREATE INDEX tasks_done ON tasks (completed_by, completed_at) WHERE state = 'completed'",
  table(kind, 'task_candidates', [
    'task text NOT NULL REFERENCES tasks(id)', 'kind text NOT NULL', 'ref text NOT NULL', 'position int NOT NULL', 'PRIMARY KEY (task, position)',
  ], true),
  'CREATE INDEX task_candidates_ref ON task_candidates (kind, ref)',
  table(kind, 'timers', ['key text PRIMARY KEY', 'due_at int NOT NULL', 'app text NOT NULL', 'payload text NOT NULL'], true),
  'CREATE INDEX timers_due ON timers (due_at)',
  table(kind, 'clocks', [
    'id text PRIMARY KEY', ...about, 'owner_kind text NOT NULL', 'owner_ref text NOT NULL', 'task text', 'state text NOT NULL', 'started_at int NOT NULL',
    'target_ms int NOT NULL', 'due_at int', 'stopped_at int', 'elapsed_ms int NOT NULL', 'breached_at int', 'met int', 'body text NOT NULL',
  ]),
  'CREATE INDEX clocks_record ON clocks (record)',
  "CREATE INDEX clocks_due ON clocks (due_at) WHERE state = 'running'",
  table(kind, 'assignments', ['id text PRIMARY KEY', ...about, 'task text NOT NULL', 'at int NOT NULL', 'strategy text NOT NULL', 'chosen text', 'fallback int NOT NULL', 'candidates text NOT NULL']),
  'CREATE INDEX assignments_task ON assignments (task)',
  'CREATE INDEX assignments_chosen ON assignments (chosen, at)',
  table(kind, 'notifications', [
    'id text PRIMARY KEY', 'user_id text NOT NULL', 'at int NOT NULL', 'title text NOT NULL', 'body text NOT NULL', 'app text', 'form text', 'record text',
    'task text', 'message text', 'read_at int',
  ]),
  'CREATE INDEX notifications_user ON notifications (user_id, at)',
  'CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL',
]

const outside = (kind: DatabaseKind) => [
  table(kind, 'jobs', [
    'key text PRIMARY KEY', 'type text NOT NULL', 'payload text NOT NULL',
    "state text NOT NULL CHECK (state IN ('ready', 'leased', 'backoff', 'dead', 'done'))", 'attempts int NOT NULL', 'run_at int NOT NULL', 'lease text',
    'leased_until int', 'last_error text', 'created_at int NOT NULL', 'updated_at int NOT NULL',
    "CHECK ((state = 'leased') = (lease IS NOT NULL))",
  ], true),
  "CREATE INDEX jobs_waiting ON jobs (run_at) WHERE state IN ('ready', 'backoff')",
  "CREATE INDEX jobs_leased ON jobs (leased_until) WHERE state = 'leased'",
  table(kind, 'workers', ['id text PRIMARY KEY', 'seen_at int NOT NULL'], true),
  table(kind, 'sent_messages', [
    'key text PRIMARY KEY', 'channel text NOT NULL', 'recipient text NOT NULL', 'user_id text', 'subject text NOT NULL', 'body text NOT NULL', 'message text',
    'at int NOT NULL', 'state text NOT NULL', 'detail text',
  ]),
  'CREATE INDEX sent_messages_at ON sent_messages (at)',
  table(kind, 'idempotency', [
    'actor text NOT NULL', 'route text NOT NULL', 'key text NOT NULL', 'body_hash text NOT NULL', 'answer text NOT NULL', 'created_at int NOT NULL',
    'PRIMARY KEY (actor, route, key)',
  ]),
  'CREATE INDEX idempotency_age ON idempotency (created_at)',
  table(kind, 'serials', ['app text NOT NULL', 'form text NOT NULL', 'field text NOT NULL', 'period text NOT NULL', 'value int NOT NULL', 'PRIMARY KEY (app, form, field, period)'], true),
  table(kind, 'files', [
    'id text PRIMARY KEY', 'name text NOT NULL', 'media_type text NOT NULL', 'size_bytes int NOT NULL', 'sha256 text NOT NULL', 'uploaded_by text NOT NULL',
    'uploaded_at int NOT NULL', 'app text', 'form text', 'record text',
  ]),
  'CREATE INDEX files_record ON files (record)',
  table(kind, 'saved_views', [
    'id text PRIMARY KEY', 'user_id text NOT NULL', 'app text NOT NULL', 'form text NOT NULL', 'name text NOT NULL', 'definition text NOT NULL',
    'created_at int NOT NULL', 'updated_at int NOT NULL',
  ]),
  'CREATE INDEX saved_views_user ON saved_views (user_id, app, form)',
]

const imports = (kind: DatabaseKind) => [
  table(kind, 'import_batches', [
    'id text PRIMARY KEY', 'app text NOT NULL', 'form text NOT NULL', 'file_name text NOT NULL', 'state text NOT NULL', 'mode text NOT NULL', 'started_by text',
    'started_at int NOT NULL', 'finished_at int', 'seen_at int NOT NULL', 'rows_total int NOT NULL', 'rows_done int NOT NULL', 'created int NOT NULL',
    'updated int NOT NULL', 'skipped int NOT NULL', 'failed int NOT NULL', 'problem text', 'phase text NOT NULL',
  ]),
  table(kind, 'import_row_errors', [
    'batch text NOT NULL', 'position int NOT NULL', 'row int NOT NULL', 'column_name text', 'value text NOT NULL', 'code text NOT NULL', 'details text NOT NULL',
    'PRIMARY KEY (batch, position)',
  ], true),
]

// The same two-character tokens on both: FTS5 without a copy of the text, or a vector beside the address.
const search = (kind: DatabaseKind) =>
  kind === 'sqlite'
    ? [
        'CREATE TABLE search_rows (id INTEGER PRIMARY KEY, app TEXT NOT NULL, form TEXT NOT NULL, record TEXT NOT NULL) STRICT',
        'CREATE UNIQUE INDEX search_rows_record ON search_rows (record, form, app)',
        "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\")",
      ]
    : [
        'CREATE TABLE search_rows (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, app TEXT COLLATE "C" NOT NULL, form TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL, tokens TSVECTOR NOT NULL)',
        'CREATE UNIQUE INDEX search_rows_record ON search_rows (record, form, app)',
        'CREATE INDEX search_rows_tokens ON search_rows USING gin (tokens)',
      ]

export const start: Migration = {
  id: 1,
  name: 'start',
  statements: (kind) => [people, definitions, trail, work, outside, imports, search].flatMap((part) => part(kind)),
}
