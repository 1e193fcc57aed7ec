import { type Migration, words } from './types.ts'

/** The template an app stands on, by version of the app: who goes back to a version goes back to its template. */
export const templateBasePerVersion: Migration = {
  id: 92,
  name: 'template-base-per-version',
  statements: (kind) => {
    const { int, text, table } = words(kind)
    return [
      `CREATE TABLE template_base_versions (app ${text} NOT NULL, version ${int} NOT NULL, files ${text} NOT NULL,
        decisions ${text} NOT NULL, PRIMARY KEY (app, version)) ${table}`,
      `INSERT INTO template_base_versions (app, version, files, decisions)
        SELECT base.app, apps.version, base.files, base.decisions
        FROM template_bases base JOIN apps ON apps.id = base.app`,
      'DROP TABLE template_bases',
    ]
  },
}
