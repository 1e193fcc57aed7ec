import { isObject } from '../kernel/json.ts'
import { pointer } from '../kernel/pointer.ts'
import type { AppModel } from '../model.ts'
import { documentPath } from './build.ts'
import { type DocumentKind, documentKinds, type EngineKind, type SourceFile } from './kinds.ts'
import type { SchemaNode } from './schema-walk.ts'

/** One document of an app, with what is needed to walk it. Kinds other than the engine's come from whoever knows them. */
export type AppDocument = {
  readonly kind: string
  readonly id: string
  /** Where its problems begin: `/forms/ticket.json`. */
  readonly path: string
  readonly schema: SchemaNode
  readonly json: { readonly [property: string]: unknown }
  /** The form its fields, stages and views belong to; undefined: it speaks of none. */
  readonly form: string | undefined
}

/** Every document the engine knows of, in a fixed order. */
export function appDocuments(app: AppModel): readonly AppDocument[] {
  const all: { readonly [K in EngineKind]: Iterable<{ readonly id: string }> } = {
    app: [app.definition],
    form: [...app.forms.values()].map((form) => form.definition),
    flow: app.flows.values(),
    rule: app.rules,
    decision: app.decisions.values(),
    policy: app.policies,
    calendar: app.calendars.values(),
    assignment: app.assignments.values(),
    message: app.messages.values(),
    scenario: app.scenarios.values(),
  }
  const kinds = Object.keys(documentKinds) as EngineKind[]
  return kinds.flatMap((kind) =>
    [...all[kind]].map((json) => appDocument(kind, documentPath(kind, json.id), documentKinds[kind].schema, json)),
  )
}

function appDocument(kind: string, path: string, schema: object, json: unknown): AppDocument {
  const object = isObject(json) ? json : {}
  const form = kind === 'form' ? object.id : object.form
  return {
    kind,
    id: String(object.id ?? ''),
    path,
    schema: schema as SchemaNode,
    json: object,
    form: typeof form === 'string' ? form : undefined,
  }
}

/** The documents among an app's files that are of these kinds: metrics and boards, whose kinds others define. */
export const documentsOfKinds = (
  files: readonly SourceFile[],
  kinds: { readonly [kind: string]: DocumentKind },
): readonly AppDocument[] =>
  Object.entries(kinds).flatMap(([name, kind]) =>
    files
      .filter((file) => file.path.startsWith(`${kind.folder}/`))
      .map((file) => appDocument(name, pointer(...file.path.split('/')), kind.schema, file.json)),
  )
