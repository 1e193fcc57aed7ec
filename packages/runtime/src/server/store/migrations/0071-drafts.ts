import { type Migration, words } from './types.ts'

/** Drafts with their edits and the people in them, comments on elements, and the template an app was made from. */
export const drafts: Migration = {
  id: 71,
  name: 'drafts',
  statements: (kind) => {
    const { int, text, table, keyed } = words(kind)
    return [
      'DROP TABLE app_drafts',
      `CREATE TABLE drafts (id ${text} PRIMARY KEY, app ${text} NOT NULL, name ${text} NOT NULL,
        base_version ${int} NOT NULL, revision ${int} NOT NULL, template ${text}, created_at ${int} NOT NULL,
        updated_at ${int} NOT NULL, updated_by ${text}, UNIQUE (app, name)) ${table}`,
      `CREATE TABLE draft_files (draft ${text} NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, path ${text} NOT NULL,
        file ${text} NOT NULL, PRIMARY KEY (draft, path)) ${keyed}`,
      `CREATE TABLE draft_edits (draft ${text} NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, seq ${int} NOT NULL,
        revision ${int} NOT NULL, made_at ${int} NOT NULL, made_by ${text}, label ${text} NOT NULL, patch ${text} NOT NULL,
        inverse ${text} NOT NULL, undone ${int} NOT NULL, PRIMARY KEY (draft, seq)) ${keyed}`,
      `CREATE TABLE draft_presence (draft ${text} NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
        user_id ${text} NOT NULL, place ${text} NOT NULL, seen_at ${int} NOT NULL, PRIMARY KEY (draft, user_id)) ${keyed}`,
      `CREATE TABLE design_comments (id ${text} PRIMARY KEY, app ${text} NOT NULL, place ${text} NOT NULL,
        body ${text} NOT NULL, made_at ${int} NOT NULL, made_by ${text}, resolved_at ${int}, resolved_by ${text}) ${table}`,
      'CREATE INDEX design_comments_app ON design_comments (app, id)',
      `CREATE TABLE template_bases (app ${text} PRIMARY KEY, files ${text} NOT NULL, decisions ${text} NOT NULL,
        updated_at ${int} NOT NULL) ${table}`,
    ]
  },
}
