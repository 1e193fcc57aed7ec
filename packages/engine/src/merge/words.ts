import type { DocumentKind } from '../definitions/kinds.ts'
import type { ReferenceRule } from '../definitions/schema.ts'
import {
  propertySchema,
  type SchemaNode,
  schemaBranches,
  schemaProperties,
  settledSchema,
} from '../definitions/schema-walk.ts'
import { parseDurationMs } from '../kernel/duration.ts'
import { isObject } from '../kernel/json.ts'
import type { Locale } from '../kernel/locale.ts'
import { resolveText, type TextValue } from '../kernel/text.ts'
import { type Change, diffDocuments, valueAt } from './diff.ts'
import { addressOf } from './merge.ts'
import { entriesOf } from './shape.ts'

/** The files of an app by path: definitions as their JSON, other texts as strings. */
export type AppFilesDocument = { readonly [path: string]: unknown }

/** One difference in a sentence for people who do not read JSON. */
export type ToldChange = {
  readonly file: string
  readonly address: string
  readonly kind: Change['kind']
  readonly text: string
}

type Words = { readonly 'zh-CN': string; readonly en: string }
type Kinds = { readonly [kind: string]: DocumentKind }

const documentWords: { readonly [folder: string]: Words } = {
  '': { 'zh-CN': '应用', en: 'App' },
  forms: { 'zh-CN': '表单', en: 'Form' },
  flows: { 'zh-CN': '流程', en: 'Flow' },
  rules: { 'zh-CN': '规则', en: 'Rule' },
  policies: { 'zh-CN': '时效策略', en: 'SLA policy' },
  calendars: { 'zh-CN': '日历', en: 'Calendar' },
  assignments: { 'zh-CN': '派单策略', en: 'Assignment' },
  messages: { 'zh-CN': '消息', en: 'Message' },
  scenarios: { 'zh-CN': '场景', en: 'Scenario' },
  metrics: { 'zh-CN': '指标', en: 'Metric' },
  boards: { 'zh-CN': '看板', en: 'Board' },
  queries: { 'zh-CN': '查询', en: 'Query' },
  decisions: { 'zh-CN': '决策表', en: 'Decision table' },
}

const elementWords: { readonly [list: string]: Words } = {
  fields: { 'zh-CN': '字段', en: 'field' },
  options: { 'zh-CN': '选项', en: 'option' },
  outcomes: { 'zh-CN': '办理结果', en: 'outcome' },
  nodes: { 'zh-CN': '节点', en: 'node' },
  edges: { 'zh-CN': '连线', en: 'edge' },
  groups: { 'zh-CN': '流程分组', en: 'group' },
  layout: { 'zh-CN': '分组', en: 'section' },
  tabs: { 'zh-CN': '页签', en: 'tab' },
  views: { 'zh-CN': '视图', en: 'view' },
  actions: { 'zh-CN': '按钮', en: 'button' },
  access: { 'zh-CN': '权限', en: 'access rule' },
  stages: { 'zh-CN': '阶段', en: 'stage' },
  checks: { 'zh-CN': '校验', en: 'check' },
  roles: { 'zh-CN': '角色', en: 'role' },
  variables: { 'zh-CN': '环境变量', en: 'variable' },
  clocks: { 'zh-CN': '时钟', en: 'clock' },
  ladder: { 'zh-CN': '升级步骤', en: 'ladder step' },
  widgets: { 'zh-CN': '图表', en: 'widget' },
  then: { 'zh-CN': '动作', en: 'action' },
  navigation: { 'zh-CN': '导航项', en: 'navigation entry' },
  inputs: { 'zh-CN': '输入列', en: 'input column' },
  outputs: { 'zh-CN': '输出列', en: 'output column' },
  rows: { 'zh-CN': '行', en: 'row' },
}
const typeWord: Words = { 'zh-CN': '类型', en: 'Type' }
const personStep: Words = { 'zh-CN': '步骤', en: 'step' }

/** A text in another language than the reader's. */
const languageWords: { readonly [locale: string]: Words } = {
  'zh-CN': { 'zh-CN': '中文', en: 'Chinese' },
  en: { 'zh-CN': '英文', en: 'English' },
}

/** How a step treats a field, as what is new about it. */
const maskWords: { readonly [mask: string]: Words } = {
  required: { 'zh-CN': '现在还要求“{field}”', en: 'now also requires "{field}"' },
  edit: { 'zh-CN': '现在可以填写“{field}”', en: 'now lets people fill in "{field}"' },
  read: { 'zh-CN': '现在只能查看“{field}”', en: 'now only shows "{field}"' },
  hidden: { 'zh-CN': '现在不再显示“{field}”', en: 'no longer shows "{field}"' },
}

/** Where things stand on a canvas says nothing about what they do. */
const drawing: ReadonlySet<string> = new Set(['at', 'size', 'via'])

/** What is different between two versions of an app, one sentence a change, file by file; drawing changes once a file. */
export function tellChanges(
  before: AppFilesDocument,
  after: AppFilesDocument,
  kinds: Kinds,
  locale: Locale,
): readonly ToldChange[] {
  const teller = new Teller(before, after, kinds, locale)
  const told: ToldChange[] = []
  const redrawn = new Set<string>()
  for (const change of diffDocuments(before, after).flatMap(maskByMask)) {
    const [file = '', ...rest] = change.path
    // Ids that are not given again are kept for the machine: what went is told where it went.
    if (file === 'app.json' && rest[0] === 'retired') continue
    const isDrawing = rest.some((name) => drawing.has(name)) && documentFolder(file) === 'flows'
    if (isDrawing && redrawn.has(file)) continue
    if (isDrawing) redrawn.add(file)
    const text = isDrawing ? teller.redrawn(file) : teller.tell(change)
    const address = addressOf(isDrawing ? [file] : change.path)
    told.push({ file, address, kind: change.kind, text: text.charAt(0).toUpperCase() + text.slice(1) })
  }
  return told
}

/** Where something stands, for people: the document, the element in it, the property. */
export type ToldPlace = {
  /** The document alone, or the element and its document: 流程「工单处理」的步骤「维修」. */
  readonly where: string
  /** Titles of the properties on the way, 时限 › 日历; empty: the element as a whole. */
  readonly property: string
}

/** Tells places of an app, and its documents and elements, in words; a path names properties and entries as a `Change` does. */
export function placeTeller(files: AppFilesDocument, kinds: Kinds, locale: Locale) {
  const teller = new Teller(files, files, kinds, locale)
  return {
    place: (path: readonly string[]): ToldPlace => teller.place(path),
    thing: (path: readonly string[]): string => teller.thing(path),
    /** What stands there, property by property; empty: nothing that has words. */
    value: (value: unknown, path: readonly string[]): string => teller.whole(value, path),
  }
}

/** What a step asks for is told field by field, also where it has said nothing before. */
function maskByMask(change: Change): readonly Change[] {
  const { path, before, after, kind } = change
  const masks = kind === 'added' ? after : before
  const isMask = path.at(-3) === 'nodes' && path.at(-1) === 'fields' && isObject(masks)
  if (!isMask || (kind !== 'added' && kind !== 'removed')) return [change]
  return Object.entries(masks).map(([field, mask]) => ({
    path: [...path, field],
    kind,
    ...(kind === 'added' ? { after: mask } : { before: mask }),
  }))
}

const documentFolder = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '')

const isEdge = (value: Record<string, unknown>): boolean =>
  typeof value.from === 'string' && typeof value.to === 'string'

const nameKey = (list: string, label: unknown): string | undefined =>
  label === undefined ? undefined : `${list} ${resolveText(label as TextValue, 'zh-CN')}`

/** Documents by the names of the elements in their lists. */
function holdersOf(files: AppFilesDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const holders = new Map<string, Set<string>>()
  for (const [file, document] of Object.entries(files)) {
    for (const [list, entries] of Object.entries(isObject(document) ? document : {})) {
      for (const entry of Array.isArray(entries) ? entries : []) {
        const name = isObject(entry) ? nameKey(list, entry.label) : undefined
        if (name !== undefined) holders.set(name, (holders.get(name) ?? new Set()).add(file))
      }
    }
  }
  return holders
}

type Named = { readonly path: readonly string[]; readonly words: string }

class Teller {
  readonly #before: AppFilesDocument
  readonly #after: AppFilesDocument
  readonly #kinds: Kinds
  readonly #locale: Locale
  /** In which documents there are elements of a name. */
  #holders: ReturnType<typeof holdersOf> | undefined

  constructor(before: AppFilesDocument, after: AppFilesDocument, kinds: Kinds, locale: Locale) {
    this.#before = before
    this.#after = after
    this.#kinds = kinds
    this.#locale = locale
  }

  redrawn(file: string): string {
    return this.#say(
      { 'zh-CN': '{owner}调整了画布布局', en: '{owner} is drawn differently' },
      { owner: this.#document(file) },
    )
  }

  thing(path: readonly string[]): string {
    return path.length < 2 ? this.#document(path[0] ?? '') : this.#element(path)
  }

  place(path: readonly string[]): ToldPlace {
    const { path: at } = this.#owner(path)
    const document = this.#document(path[0] ?? '')
    const where = at.length < 2 ? document : this.#placed(document, this.#element(at))
    return { where, property: this.#titles(path.slice(at.length), at).join(' › ') }
  }

  /** A value of any depth: a scalar in words, an element by its label, a list entry by entry, else each property. */
  whole(value: unknown, path: readonly string[]): string {
    if (value === undefined || value === null) return ''
    const told = this.#value(value, path)
    if (told !== '' || typeof value !== 'object') return told
    if (Array.isArray(value)) {
      const names = [...entriesOf(value).keys()]
      const entries = value.map((entry, at) => this.whole(entry, [...path, names[at] ?? String(at)]))
      return entries.filter((text) => text !== '').join(this.#locale === 'en' ? ', ' : '、')
    }
    const label = this.#label(value as Record<string, unknown>)
    if (label !== undefined) return label
    const parts = Object.entries(value).flatMap(([name, part]) => {
      const text = name === 'id' ? '' : this.whole(part, [...path, name])
      return text === '' ? [] : [`${this.#title([...path, name]) ?? name}${this.#locale === 'en' ? ': ' : '：'}${text}`]
    })
    return parts.join(this.#locale === 'en' ? '; ' : '；')
  }

  tell(change: Change): string {
    const [file = '', ...rest] = change.path
    if (rest.length === 0) return this.#tellFile(file, change)
    const list = rest.at(-2) ?? ''
    const isElement = change.kind !== 'moved' && this.#isEntry(change.path)
    if (isElement && list === 'fields' && maskWords[String(change.after)] === undefined)
      return this.#tellElement(change)
    const mask = this.#mask(change)
    if (mask) return mask
    return isElement ? this.#tellElement(change) : this.#tellProperty(change)
  }

  #tellFile(file: string, { kind }: Change): string {
    const owner = this.#document(file)
    if (kind === 'added') return this.#say({ 'zh-CN': '新增{owner}', en: 'New: {owner}' }, { owner })
    if (kind === 'removed') return this.#say({ 'zh-CN': '去掉{owner}', en: 'Taken away: {owner}' }, { owner })
    return this.#say({ 'zh-CN': '{owner}有改动', en: '{owner} has changed' }, { owner })
  }

  /** `fields.photo` of a step: what the step asks for. */
  #mask({ path, after }: Change): string | undefined {
    const holder = valueAt(this.#after, path.slice(0, -2)) ?? valueAt(this.#before, path.slice(0, -2))
    if (path.at(-2) !== 'fields' || !isObject(holder) || Array.isArray(holder.fields)) return undefined
    const field = this.#referenced({ kind: 'field' }, path.at(-1) ?? '', path[0] ?? '')
    const owner = this.#owner(path.slice(0, -2)).words
    const words = maskWords[String(after)] ?? {
      'zh-CN': '不再单独规定“{field}”',
      en: 'no longer says anything about "{field}"',
    }
    return `${owner}${this.#locale === 'en' ? ' ' : ''}${this.#say(words, { field })}`
  }

  #tellElement(change: Change): string {
    const { words, path } = this.#owner(change.path.slice(0, -1))
    const element = this.#element(change.path)
    // What the list itself is called says where it stands, unless its entries have a word of their own.
    const list = change.path.at(-2) ?? ''
    const isDeep = change.path.length - path.length > 2 && elementWords[list] === undefined
    const property = isDeep ? this.#titles(change.path.slice(path.length, -1), path).join(' › ') : ''
    const owner = property === '' ? words : this.#inside(words, property)
    if (change.kind === 'added')
      return this.#say({ 'zh-CN': '{owner}新增{element}', en: '{owner}: new {element}' }, { owner, element })
    if (change.kind === 'removed')
      return this.#say(
        { 'zh-CN': '{owner}去掉了{element}', en: '{owner}: {element} is taken away' },
        { owner, element },
      )
    return this.#say({ 'zh-CN': '{owner}的{element}有改动', en: '{owner}: {element} has changed' }, { owner, element })
  }

  #inside(owner: string, property: string): string {
    return this.#say({ 'zh-CN': '{owner}的“{property}”', en: '{owner}, "{property}"' }, { owner, property })
  }

  #tellProperty(change: Change): string {
    const { path, kind } = change
    const owner = this.#owner(path.slice(0, -1))
    const words = { owner: owner.words, property: this.#property(path.slice(owner.path.length), owner.path) }
    if (kind === 'moved')
      return this.#say(
        { 'zh-CN': '{owner}的“{property}”换了顺序', en: '{owner}: "{property}" is in another order' },
        words,
      )
    const label = path.at(-1) === this.#locale ? path.at(-2) : path.at(-1)
    if (label === 'label' && kind === 'changed')
      return this.#say(
        { 'zh-CN': '{owner}改名为“{to}”', en: '{owner} is now called "{to}"' },
        { owner: this.#owner(owner.path, this.#before).words, to: this.#value(change.after, path) },
      )
    const [from, to] = [this.#value(change.before, path), this.#value(change.after, path)]
    if (kind === 'removed')
      return this.#say({ 'zh-CN': '{owner}不再设“{property}”', en: '{owner} no longer has "{property}"' }, words)
    if (to === '')
      return this.#say({ 'zh-CN': '{owner}改了“{property}”', en: '{owner}: "{property}" has changed' }, words)
    if (kind === 'added' || from === '')
      return this.#say(
        { 'zh-CN': '{owner}的“{property}”设为“{to}”', en: '{owner}: "{property}" is set to "{to}"' },
        { ...words, to },
      )
    return this.#say(
      {
        'zh-CN': '{owner}的“{property}”由“{from}”改为“{to}”',
        en: '{owner}: "{property}" goes from "{from}" to "{to}"',
      },
      { ...words, from, to },
    )
  }

  /** Whether the last name of a path is an entry of a list. */
  #isEntry(path: readonly string[]): boolean {
    const holder = path.slice(0, -1)
    return Array.isArray(valueAt(this.#after, holder) ?? valueAt(this.#before, holder))
  }

  /** The innermost thing on the way that people have a name for: an element, else the document. */
  #owner(path: readonly string[], version: AppFilesDocument = this.#after): Named {
    for (let length = path.length; length > 1; length -= 1) {
      const part = path.slice(0, length)
      const value = valueAt(version, part) ?? valueAt(this.#before, part)
      if (this.#isEntry(part) && isObject(value) && ('label' in value || isEdge(value)))
        return { path: part, words: this.#within(part, this.#element(part, version)) }
    }
    return { path: path.slice(0, 1), words: this.#document(path[0] ?? '', version) }
  }

  /** An element with its document, where another document has one of the same name. */
  #within([file = '', ...rest]: readonly string[], element: string): string {
    if (rest.length !== 2) return element
    this.#holders ??= holdersOf(this.#after)
    const value = valueAt(this.#after, [file, ...rest])
    const name = isObject(value) ? nameKey(rest[0] ?? '', value.label) : undefined
    if (name === undefined || (this.#holders.get(name)?.size ?? 0) < 2) return element
    return this.#placed(this.#document(file), element)
  }

  #placed(document: string, element: string): string {
    return this.#say(
      { 'zh-CN': '{document}的{element}', en: '{element} of {document}' },
      { document: this.#lower(document), element },
    )
  }

  #document(file: string, version: AppFilesDocument = this.#after): string {
    const value = version[file] ?? this.#before[file]
    const word = documentWords[documentFolder(file)]
    const label = isObject(value) ? this.#label(value) : undefined
    if (!word || label === undefined) return this.#quoted(file)
    return `${word[this.#locale]}${this.#locale === 'en' ? ' ' : ''}${this.#quoted(label)}`
  }

  #element(path: readonly string[], version: AppFilesDocument = this.#after): string {
    const value = valueAt(version, path) ?? valueAt(this.#before, path)
    const list = path.at(-2) ?? ''
    const word = isObject(value) && 'assign' in value && list === 'nodes' ? personStep : elementWords[list]
    const name = isObject(value)
      ? (this.#label(value) ?? this.#ends(value, path) ?? this.#about(value, path) ?? path.at(-1) ?? '')
      : this.#named(path)
    const space = this.#locale === 'en' ? ' ' : ''
    return word ? `${word[this.#locale]}${space}${this.#quoted(name)}` : this.#quoted(name)
  }

  /** An edge without a text of its own, by what it joins. */
  #ends(value: Record<string, unknown>, path: readonly string[]): string | undefined {
    if (!isEdge(value)) return undefined
    const [from, to] = [value.from, value.to].map((node) =>
      this.#referenced({ kind: 'node' }, String(node), path[0] ?? ''),
    )
    return `${from} → ${to}`
  }

  /** An entry without a name of its own by what it is about: a right by its role, a place on the form by its field. */
  #about({ role, field }: Record<string, unknown>, path: readonly string[]): string | undefined {
    const file = path[0] ?? ''
    if (role === '*') return this.#say({ 'zh-CN': '所有成员', en: 'Everybody' }, {})
    if (typeof role === 'string') return this.#referenced({ kind: 'role' }, role, file)
    return typeof field === 'string' ? this.#referenced({ kind: 'field' }, field, file) : undefined
  }

  /** An entry that is only a name: a column, a role; in the words of what it refers to. */
  #named(path: readonly string[]): string {
    const isPlace = path.at(-2) === 'items' && path.at(-4) === 'layout'
    const rule = isPlace
      ? { kind: 'field' as const }
      : (this.#schemaAt(path)?.['x-refers'] as ReferenceRule | undefined)
    const name = path.at(-1) ?? ''
    return rule ? this.#referenced(rule, name.replace(/^-/, ''), path[0] ?? '') : name
  }

  #label(value: Record<string, unknown>): string | undefined {
    const text = value.label ?? value.name ?? value.title
    if (typeof text === 'string') return text
    return isObject(text) && !('formula' in text) ? resolveText(text as TextValue, this.#locale) : undefined
  }

  #quoted(text: string): string {
    return this.#locale === 'en' ? `"${text}"` : `「${text}」`
  }

  /** The titles of the properties on the way from the owner, or their names: 时限 › 期限; of several entries which: 目标 2 › 时限. */
  #property(names: readonly string[], owner: readonly string[]): string {
    const parts: string[] = []
    for (const [at, name] of names.entries()) {
      if (name === this.#locale) continue
      const path = [...owner, ...names.slice(0, at + 1)]
      const title = this.#title(path) ?? languageWords[name]?.[this.#locale]
      const entry = title === undefined && this.#isEntry(path) ? this.#nth(path) : undefined
      if (entry === undefined) parts.push(title ?? name)
      else if (entry !== '') parts.push(parts.length > 0 ? `${parts.pop()} ${entry}` : entry)
    }
    return parts.filter((title, at, all) => title !== all[at - 1]).join(' › ')
  }

  /** Which entry of its list it is; empty: the only one. */
  #nth(path: readonly string[]): string {
    const holder = path.slice(0, -1)
    const lists = [this.#after, this.#before].map((version) => valueAt(version, holder))
    const list = lists.find((one) => Array.isArray(one) && entriesOf(one).has(path.at(-1) ?? '')) as unknown[]
    if (!list || (list.length < 2 && lists.every((one) => !Array.isArray(one) || one.length < 2))) return ''
    return String([...entriesOf(list).keys()].indexOf(path.at(-1) ?? '') + 1)
  }

  /** The titles alone, and the other language of a text: entries and keys on the way have none. */
  #titles(names: readonly string[], owner: readonly string[]): readonly string[] {
    return names
      .flatMap((name, at) => {
        const language = name === this.#locale ? undefined : languageWords[name]?.[this.#locale]
        return this.#title([...owner, ...names.slice(0, at + 1)]) ?? language ?? []
      })
      .filter((title, at, all) => title !== all[at - 1])
  }

  #title(path: readonly string[]): string | undefined {
    // What only the type that it was before has is called as that one calls it.
    const ui = (this.#schemaAt(path) ?? this.#schemaAt(path, this.#before))?.['x-ui']
    const titles = isObject(ui) && isObject(ui.titles) ? ui.titles : {}
    const title = titles[this.#locale]
    if (typeof title === 'string') return title
    return path.at(-1) === 'type' && this.#branchNamed(path, undefined) ? typeWord[this.#locale] : undefined
  }

  #schemaAt(path: readonly string[], version: AppFilesDocument = this.#after): SchemaNode | undefined {
    const [file = '', ...names] = path
    const kind = Object.values(this.#kinds).find((one) => one.folder === documentFolder(file))
    const root = kind?.schema as SchemaNode | undefined
    let schema = root
    let [now, old] = [version[file], this.#before[file]]
    for (const name of names) {
      const value = now ?? old
      const settled = schema && root && settledSchema(value, schema, root)
      schema = Array.isArray(value)
        ? (settled?.items as SchemaNode | undefined)
        : settled && propertySchema(name, settled)
      ;[now, old] = [now, old].map((side) =>
        Array.isArray(side) ? entriesOf(side).get(name) : isObject(side) ? side[name] : undefined,
      )
    }
    return schema
  }

  /** The branch of a union told apart by `type` that is of this type; of none in particular: the first. */
  #branchNamed(path: readonly string[], type: string | undefined): SchemaNode | undefined {
    const union = this.#schemaAt(path.slice(0, -1))
    return (union ? schemaBranches(union) : undefined)?.find((branch) => {
      const { type: tag } = schemaProperties(branch)
      return tag?.const !== undefined && (type === undefined || tag.const === type)
    })
  }

  /** A value of a closed list, or a type, as people call it. */
  #choice(value: string, path: readonly string[]): string | undefined {
    const ui = this.#schemaAt(path)?.['x-ui']
    const names = isObject(ui) && isObject(ui.names) ? ui.names : {}
    if (Object.hasOwn(names, value)) return resolveText(names[value] as TextValue, this.#locale)
    const branch = path.at(-1) === 'type' ? this.#branchNamed(path, value)?.['x-ui'] : undefined
    const titles = isObject(branch) && isObject(branch.titles) ? branch.titles : {}
    const title = titles[this.#locale]
    return typeof title === 'string' ? title : undefined
  }

  /** The file whose elements a reference at this place means: behind a link, that of the form it leads to. */
  #homeOf({ of, through }: ReferenceRule, path: readonly string[]): string {
    const file = path[0] ?? ''
    if (!through || of === undefined) return file
    const form = [this.#after, this.#before].flatMap((version) => {
      const link = valueAt(version, [file, 'fields', String(valueAt(version, [...path.slice(0, -1), of]))])
      return isObject(link) && typeof link.form === 'string' ? [link.form] : []
    })[0]
    return form === undefined ? file : `forms/${form}.json`
  }

  /** What an id stands for, by its label. */
  #referenced({ kind }: Pick<ReferenceRule, 'kind'>, id: string, file: string): string {
    const folder = this.#kinds[kind]?.folder
    if (folder) return this.#documentNamed(`${folder}/${id}.json`) ?? id
    const document = this.#after[file] ?? this.#before[file]
    const formId = isObject(document) ? (documentFolder(file) === 'forms' ? document.id : document.form) : undefined
    const lists = kind === 'field' ? 'fields' : kind === 'stage' ? 'stages' : kind === 'role' ? 'roles' : 'nodes'
    const home = kind === 'role' ? 'app.json' : kind === 'node' ? file : `forms/${String(formId)}.json`
    const found = valueAt(this.#after, [home, lists, id]) ?? valueAt(this.#before, [home, lists, id])
    return (isObject(found) ? this.#label(found) : undefined) ?? id
  }

  #documentNamed(file: string): string | undefined {
    const document = this.#after[file] ?? this.#before[file]
    return isObject(document) ? this.#label(document) : undefined
  }

  /** A value in words; empty where it takes more than a few. */
  #value(value: unknown, path: readonly string[]): string {
    if (typeof value === 'boolean')
      return this.#say(value ? { 'zh-CN': '是', en: 'yes' } : { 'zh-CN': '否', en: 'no' }, {})
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string') {
      const rule = this.#schemaAt(path)?.['x-refers'] as ReferenceRule | undefined
      return rule
        ? this.#referenced(rule, value, this.#homeOf(rule, path))
        : (this.#choice(value, path) ?? this.#duration(value) ?? value)
    }
    const isText =
      isObject(value) && Object.values(value).every((text) => typeof text === 'string') && !('formula' in value)
    return isText && ('zh-CN' in value || 'en' in value) ? resolveText(value as TextValue, this.#locale) : ''
  }

  #duration(text: string): string | undefined {
    const ms = /^P[\dTWDHMS]+$/.test(text) ? parseDurationMs(text) : undefined
    if (ms === undefined) return undefined
    const units: readonly (readonly [number, Words])[] = [
      [86_400_000, { 'zh-CN': '天', en: 'd' }],
      [3_600_000, { 'zh-CN': '小时', en: 'h' }],
      [60_000, { 'zh-CN': '分钟', en: 'min' }],
      [1000, { 'zh-CN': '秒', en: 's' }],
    ]
    let left = ms
    const parts = units.flatMap(([size, word]) => {
      const count = Math.floor(left / size)
      left -= count * size
      return count > 0 ? [`${count} ${word[this.#locale]}`] : []
    })
    return parts.join(' ') || undefined
  }

  /** A document in the middle of a sentence. */
  #lower(words: string): string {
    return /^[A-Z]{2}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
  }

  #say(words: Words, values: { readonly [name: string]: string }): string {
    return words[this.#locale].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
  }
}
