import { type Migration, words } from './types.ts'

/** Alerts of rules, who they are for, and why rules acted or did not. */
export const alerts: Migration = {
  id: 40,
  name: 'alerts',
  statements(kind) {
    const { int, text, table, keyed } = words(kind)
    return [
      `CREATE TABLE alerts (id ${text} PRIMARY KEY, app ${text} NOT NULL, rule ${text} NOT NULL, version ${int} NOT NULL,
        kind ${text} NOT NULL, dedupe_key ${text} NOT NULL, severity ${text} NOT NULL, title ${text} NOT NULL,
        form ${text}, record ${text}, owner ${text}, state ${text} NOT NULL, raised_at ${int} NOT NULL,
        acknowledged_at ${int}, acknowledged_by ${text}, closed_at ${int}, closed_by ${text}, comment ${text},
        cleared_at ${int}, run ${text} NOT NULL, watch ${text} NOT NULL, evidence ${text} NOT NULL,
        revision ${int} NOT NULL) ${table}`,
      // Of two that would raise the same alert at once, one does.
      'CREATE UNIQUE INDEX alerts_standing ON alerts (app, rule, dedupe_key) WHERE cleared_at IS NULL',
      'CREATE INDEX alerts_key ON alerts (app, rule, dedupe_key, id)',
      'CREATE INDEX alerts_record ON alerts (record, id)',
      'CREATE INDEX alerts_app ON alerts (app, id)',
      `CREATE TABLE alert_people (alert ${text} NOT NULL REFERENCES alerts(id), person ${text} NOT NULL,
        position ${int} NOT NULL, PRIMARY KEY (alert, position)) ${keyed}`,
      'CREATE INDEX alert_people_person ON alert_people (person, alert)',
      `CREATE TABLE rule_runs (id ${text} PRIMARY KEY, app ${text} NOT NULL, rule ${text} NOT NULL,
        version ${int} NOT NULL, at ${int} NOT NULL, event ${text} NOT NULL, form ${text}, record ${text},
        command ${text} NOT NULL, outcome ${text} NOT NULL, why ${text}) ${table}`,
      'CREATE INDEX rule_runs_rule ON rule_runs (app, rule, id)',
      'CREATE INDEX rule_runs_record ON rule_runs (record, id)',
      "CREATE INDEX rule_runs_passed ON rule_runs (at) WHERE outcome <> 'fired'",
    ]
  },
}
