import { buildApp, formLookup } from '../definitions/build.ts'
import { type AppDocument, appDocuments, documentsOfKinds } from '../definitions/documents.ts'
import { type DocumentKind, documentKinds, type SourceFile } from '../definitions/kinds.ts'
import { type ReferenceContext, resolveSite } from '../definitions/references.ts'
import { type Site, sitesOf } from '../definitions/sites.ts'
import { isObject } from '../kernel/json.ts'
import type { Locale } from '../kernel/locale.ts'
import type { Problem } from '../kernel/problem.ts'
import { lintApp } from '../lint/lint-app.ts'
import { type AppFilesDocument, placeTeller, type ToldPlace } from '../merge/words.ts'
import { namedProblem } from '../named-problem.ts'
import { renderProblem } from '../render-problem.ts'
import { addressOfTarget, isWithin, pathOfAddress } from './addresses.ts'
import { withoutElement } from './delete-element.ts'
import { elementAround, type HowMentioned, howMentioned, placeAt } from './place.ts'

/** One place that refers to an element, or to a part of it. */
export type Usage = {
  /** What it refers to: the element asked about, or an option, a node, an outcome … inside it. */
  readonly target: string
  /** File of the place, `flows/sop.json`. */
  readonly file: string
  /** Address of the place, made of names like that of an element: `flows/sop.json/nodes/repair/limit/calendar`. */
  readonly address: string
  /** JSON Pointer of the place inside its file. */
  readonly pointer: string
  /** Address of the element the place belongs to: where an editor jumps to. */
  readonly element: string
  readonly how: HowMentioned
  /** One sentence in business words. */
  readonly text: string
}

/** A problem that an app has only without an element. */
export type Breakage = {
  readonly problem: Problem
  /** Place in the app as it is now. */
  readonly file: string
  readonly address: string
  readonly element: string
  readonly text: string
}

/** An app opened for questions about its references: made once, asked often. */
export type UsageGraph = {
  readonly files: AppFilesDocument
  readonly kinds: Kinds
  readonly mentions: readonly Mention[]
}
type Kinds = { readonly [kind: string]: DocumentKind }
type Mention = { readonly site: Site; readonly target: string }

/**
 * Everything an app's files refer to: definitions by path as their JSON, other files are passed over. Undefined where
 * they are no app (no `app.json`, an id twice). Each document should be valid; a text that cannot be understood refers
 * to nothing.
 */
export function usageGraph(files: AppFilesDocument, kinds: Kinds): UsageGraph | undefined {
  const context = open(files, kinds)
  if (!context) return undefined
  const { app, documents } = context
  const mentions = [...appDocuments(app), ...documents].flatMap(sitesOf).flatMap((site) => {
    const targets = resolveSite(site, context).targets.flatMap((target) => addressOfTarget(target, app.id) ?? [])
    return [...new Set(targets)].map((target): Mention => ({ site, target }))
  })
  return { files, kinds, mentions }
}

type Opened = ReferenceContext & { readonly documents: readonly AppDocument[] }

function open(files: AppFilesDocument, kinds: Kinds): Opened | undefined {
  const sources = Object.entries(files).flatMap(([path, json]): readonly SourceFile[] =>
    isObject(json) && Object.values(kinds).some((kind) => isOf(path, kind)) ? [{ path, json }] : [],
  )
  const built = buildApp(sources, { version: 0 })
  if (!built.ok) return undefined
  const others = Object.fromEntries(Object.entries(kinds).filter(([kind]) => !(kind in documentKinds)))
  return {
    app: built.value,
    lookup: formLookup(built.value, () => undefined),
    documents: documentsOfKinds(sources, others),
  }
}

const isOf = (path: string, { folder }: DocumentKind): boolean =>
  folder === '' ? path === 'app.json' : path.startsWith(`${folder}/`) && path.endsWith('.json')

/** Every place outside an element that refers to it or to a part of it, in the order of the app's documents. */
export function usagesOf({ files, kinds, mentions }: UsageGraph, address: string, locale: Locale): readonly Usage[] {
  const tell = placeTeller(files, kinds, locale)
  const usages = new Map<string, Usage>()
  for (const { site, target } of mentions) {
    if (!isWithin(target, address)) continue
    const place = placeAt(site.path, files)
    const key = `${place.address} ${target}`
    if (isWithin(place.address, address) || usages.has(key)) continue
    usages.set(key, {
      target,
      file: place.file,
      address: place.address,
      pointer: place.pointer,
      element: elementAround(place, files),
      how: howMentioned(site, place),
      text: sentence(tell.place(place.names), tell.thing(pathOfAddress(target)), locale),
    })
  }
  return [...usages.values()]
}

function sentence({ where, property }: ToldPlace, what: string, locale: Locale): string {
  if (locale !== 'en') return property === '' ? `${where}用到${what}` : `${where}的“${property}”用到${what}`
  const place = property === '' ? where : `${where}, "${property}"`
  return `${place.charAt(0).toUpperCase()}${place.slice(1)}: refers to ${what.charAt(0).toLowerCase()}${what.slice(1)}`
}

/** A secret that an app names, with the places that do, in words. The app never holds its value. */
export type NamedSecret = { readonly name: string; readonly places: readonly string[] }

/** The secrets an app's files name, by name; none where they are no app. */
export function secretsNamed(files: AppFilesDocument, kinds: Kinds, locale: Locale): readonly NamedSecret[] {
  const context = open(files, kinds)
  if (!context) return []
  const tell = placeTeller(files, kinds, locale)
  const places = new Map<string, Set<string>>()
  for (const site of appDocuments(context.app).flatMap(sitesOf))
    for (const { kind, id } of resolveSite(site, context).targets) {
      if (kind !== 'secret') continue
      const { where, property } = tell.place(placeAt(site.path, files).names)
      const words = locale === 'en' ? `${where}, "${property}"` : `${where}的“${property}”`
      places.set(id, (places.get(id) ?? new Set()).add(words))
    }
  return [...places].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, at]) => ({ name, places: [...at] }))
}

/**
 * What deleting an element breaks: the errors and warnings a lint of the app without it has beyond those it has now.
 * `mentions`: usages that are taken out with it where that is possible.
 */
export const breakagesOf = (
  graph: UsageGraph,
  address: string,
  locale: Locale,
  mentions: readonly Usage[] = [],
): readonly Breakage[] => breakagesBy(graph, withoutElement(graph.files, address, mentions), locale)

/** What a change of the app breaks: the problems it has afterwards beyond those it has now. */
export function breakagesBy(
  { files, kinds }: UsageGraph,
  after: AppFilesDocument,
  locale: Locale,
): readonly Breakage[] {
  const known = new Map<string, number>()
  const app = open(files, kinds)?.app
  for (const one of found(files, kinds)) known.set(one.key, (known.get(one.key) ?? 0) + 1)
  return found(after, kinds).flatMap(({ key, problem, place, element }) => {
    const left = known.get(key) ?? 0
    known.set(key, left - 1)
    const { file, address: at } = place
    return left > 0
      ? []
      : [
          {
            problem,
            file,
            address: at,
            element,
            text: renderProblem(namedProblem(problem, { before: app }, locale), locale),
          },
        ]
  })
}

/** Problems with names for places: positions move when an entry is taken out. */
function found(files: AppFilesDocument, kinds: Kinds) {
  const context = open(files, kinds)
  if (!context) return []
  return lintApp(context.app, context.lookup, { documents: context.documents }).map((problem) => {
    const place = placeAt(problem.path, files)
    const key = JSON.stringify([problem.code, place.address, problem.details])
    return { key, problem, place, element: elementAround(place, files) }
  })
}
