import { type AppModel, isObject, type Problem, parseDocument } from '@tenon/engine'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ImportMapping } from '../import/index.ts'
import type { AppFile } from '../store/app-files.ts'

/** `sample/sample.json`: what cannot be read off the sheets themselves. */
const SampleNote = Type.Object(
  {
    lastDay: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        description:
          'Last day in the sheets: they are moved by whole weeks so that it lies in the last seven days. Absent: days stay.',
      }),
    ),
    sheets: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Names of the sheets in order. Absent: what is linked to comes first.',
      }),
    ),
  },
  { additionalProperties: false },
)
type SampleNote = Static<typeof SampleNote>

/** One file of demo data with the mapping that makes records of it. */
export type Sheet = {
  /** `sample/tickets.csv` */
  readonly file: string
  readonly form: string
  readonly mapping: ImportMapping
  readonly text: string
  /** The second file, where the mapping takes history entries from one. */
  readonly entries: string | undefined
}
export type Sample = {
  readonly sheets: readonly Sheet[]
  readonly lastDay: number | undefined
  readonly problems: readonly Problem[]
}

const folder = 'sample/'

/** The demo data among an app's files, in the order in which it is imported; sheets that cannot be are problems. */
export function readSample(files: readonly AppFile[], app: AppModel): Sample {
  const problems: Problem[] = []
  const note = noteOf(files, problems)
  const sheets = files.flatMap(({ path }) => {
    if (!path.startsWith(folder) || !path.endsWith('.mapping.json')) return []
    const sheet = sheetOf(files, path, app)
    if ('code' in sheet) problems.push(sheet)
    return 'code' in sheet ? [] : [sheet]
  })
  const lastDay = note.lastDay === undefined ? undefined : Date.parse(`${note.lastDay}T00:00:00Z`)
  return { sheets: inOrder(sheets, note.sheets ?? [], app), lastDay, problems }
}

/** Whole weeks by which days are moved so that the sheets end in the last seven days before `now`. */
export function shiftOf({ lastDay }: Sample, now: number): number {
  const weekMs = 7 * 86_400_000
  return lastDay === undefined ? 0 : Math.floor((now - lastDay) / weekMs) * weekMs
}

function noteOf(files: readonly AppFile[], problems: Problem[]): SampleNote {
  const path = `${folder}sample.json`
  const text = textOf(files, path)
  if (text === undefined) return {}
  const parsed = parseDocument(text)
  if (parsed.ok && Value.Check(SampleNote, parsed.value)) return parsed.value
  problems.push({ code: 'sample.unreadable', path: `/${path}`, details: { file: path } })
  return {}
}

function sheetOf(files: readonly AppFile[], path: string, app: AppModel): Sheet | Problem {
  const problem = (code: string, details: Problem['details'] = {}): Problem => ({
    code,
    path: `/${path}`,
    details: { file: path, ...details },
  })
  const parsed = parseDocument(textOf(files, path) ?? '')
  if (!parsed.ok || !Value.Check(ImportMapping, parsed.value)) return problem('sample.unreadable')
  const mapping = parsed.value
  const file = path.replace(/\.mapping\.json$/, '.csv')
  const text = textOf(files, file)
  if (text === undefined) return problem('document.missingFile', { file })
  if (mapping.form === undefined || !app.forms.has(mapping.form))
    return problem('form.unknown', { form: mapping.form ?? '' })
  const second = mapping.history?.entries?.file
  const entries = second === undefined ? undefined : textOf(files, folder + second)
  if (second !== undefined && entries === undefined) return problem('document.missingFile', { file: folder + second })
  return { file, form: mapping.form, mapping, text, entries }
}

/** As the note says; the others behind, each after the forms its own links to. */
function inOrder(sheets: readonly Sheet[], named: readonly string[], app: AppModel): readonly Sheet[] {
  const nameOf = ({ file }: Sheet) => file.slice(folder.length, -'.csv'.length)
  const first = named.flatMap((name) => sheets.filter((sheet) => nameOf(sheet) === name))
  const left = new Set(sheets.filter((sheet) => !first.includes(sheet)))
  const ordered: Sheet[] = []
  const waits = (sheet: Sheet) => [...left].some((other) => other !== sheet && linksTo(app, sheet.form, other.form))
  while (left.size > 0) {
    const next = [...left].find((sheet) => !waits(sheet)) ?? [...left][0]
    if (!next) break
    left.delete(next)
    ordered.push(next)
  }
  return [...first, ...ordered]
}

const linksTo = (app: AppModel, from: string, to: string): boolean =>
  from !== to &&
  [...(app.forms.get(from)?.fields.values() ?? [])].some(
    ({ target, stored }) => stored && target?.kind === 'record' && target.app === app.id && target.form === to,
  )

function textOf(files: readonly AppFile[], path: string): string | undefined {
  const file = files.find((one) => one.path === path)
  return isObject(file) && 'text' in file ? file.text : undefined
}
