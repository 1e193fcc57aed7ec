import { type DocumentKind, documentKinds } from '@tenon/engine'
import { reportKinds } from '@tenon/reports'

/** Every kind of definition, in the order in which the left column shows them. */
const order = [
  'app',
  'form',
  'flow',
  'rule',
  'decision',
  'board',
  'metric',
  'policy',
  'calendar',
  'assignment',
  'message',
  'scenario',
] as const
export type Kind = keyof typeof documentKinds | keyof typeof reportKinds
export const kinds: { readonly [K in Kind]: DocumentKind } = { ...documentKinds, ...reportKinds }
export const kindNames: readonly Kind[] = order satisfies readonly Kind[]
export const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name)

/** Path of a definition: `forms/ticket.json`. */
export const pathOf = (kind: Kind, id: string): string =>
  kinds[kind].folder === '' ? 'app.json' : `${kinds[kind].folder}/${id}.json`

/** The kind and id a path stands for; undefined: it is no definition (samples, README). */
export function placeOf(path: string): { readonly kind: Kind; readonly id: string } | undefined {
  if (path === 'app.json') return { kind: 'app', id: 'app' }
  const [folder, file, ...rest] = path.split('/')
  const kind = kindNames.find((name) => kinds[name].folder === folder)
  return kind && rest.length === 0 && file?.endsWith('.json') ? { kind, id: file.slice(0, -5) } : undefined
}
