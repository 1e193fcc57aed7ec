import type { Static, TSchema } from 'typebox'
import { AppDefinition } from './app.ts'
import { AssignmentDefinition } from './assignment.ts'
import { CalendarDefinition } from './calendar.ts'
import { DecisionDefinition } from './decision.ts'
import { FlowDefinition } from './flow.ts'
import { FormDefinition } from './form.ts'
import { MessageDefinition } from './message.ts'
import { PolicyDefinition } from './policy.ts'
import { RuleDefinition } from './rule.ts'
import { ScenarioDefinition } from './scenario.ts'

/** A kind of document an app is made of: its folder in the app and its schema. `app` is the single `app.json`. */
export type DocumentKind = { readonly folder: string; readonly schema: TSchema }

export const documentKinds = {
  app: { folder: '', schema: AppDefinition },
  form: { folder: 'forms', schema: FormDefinition },
  flow: { folder: 'flows', schema: FlowDefinition },
  rule: { folder: 'rules', schema: RuleDefinition },
  decision: { folder: 'decisions', schema: DecisionDefinition },
  policy: { folder: 'policies', schema: PolicyDefinition },
  calendar: { folder: 'calendars', schema: CalendarDefinition },
  assignment: { folder: 'assignments', schema: AssignmentDefinition },
  message: { folder: 'messages', schema: MessageDefinition },
  scenario: { folder: 'scenarios', schema: ScenarioDefinition },
} as const satisfies Record<string, DocumentKind>
export type EngineKind = keyof typeof documentKinds
export type DocumentOf<K extends EngineKind> = Static<(typeof documentKinds)[K]['schema']>

/** A parsed definition file: its path inside the app (`forms/ticket.json`) and its JSON, not yet trusted. */
export type SourceFile = { readonly path: string; readonly json: unknown }

/** The printed schema of a kind of document, as editors read it (they know draft-07 best). */
export const printedSchema = (kind: string, { schema }: DocumentKind): object => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: `Tenon ${kind}`,
  ...(JSON.parse(JSON.stringify(schema)) as object),
})

/** What `pnpm generate` prints to `schemas/<name>.schema.json`. */
export const documentSchemas: { readonly [kind: string]: object } = Object.fromEntries(
  Object.entries(documentKinds).map(([kind, document]) => [kind, printedSchema(kind, document)]),
)
