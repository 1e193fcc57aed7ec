import { type AppModel, type Problem, parseDocument } from '@tenon/engine'
import { ChangeUser, CreateUser } from '@tenon/runtime/contract'
import { parse } from 'csv-parse/sync'
import { Value } from 'typebox/value'
import type { AppFile } from '../store/app-files.ts'
import { isLiveTickets, type LiveTickets } from './live-ticket.ts'

/** A department of the demo, by the code that sheets and people name it by. */
type CastDepartment = {
  readonly code: string
  readonly name: string
  readonly parent: string
  readonly manager: string
}
/** A person of the demo, by the user name that sheets and running work name them by. */
export type CastPerson = Pick<ChangeUser, 'email' | 'phone'> & {
  readonly username: string
  readonly name: string
  readonly department: string
  readonly superior: string
  readonly roles: readonly string[]
  readonly admin: boolean
  readonly skills: string[]
  readonly skillLevels: { readonly [skill: string]: number }
  readonly certifications: { name: string; until: string | null }[]
  readonly languages: string[]
  readonly regions: string[]
  readonly capacity: number
}
/** Who plays the demo, and the work that they have in hand. */
export type Cast = {
  readonly departments: readonly CastDepartment[]
  readonly people: readonly CastPerson[]
  readonly live: LiveTickets
  readonly problems: readonly Problem[]
}

const folder = 'sample/'
const most = 200
type Row = { readonly [column: string]: string | undefined }
type Table = { readonly file: string; readonly rows: readonly Row[] }

/** The people of the demo data and their running work; undefined: it has none. Nothing of it is trusted: it came in a file. */
export function readCast(files: readonly AppFile[], app: AppModel): Cast | undefined {
  const problems: Problem[] = []
  const people = tableOf(files, 'people.csv', problems)
  if (!people) return undefined
  const departments = tableOf(files, 'departments.csv', problems) ?? { file: 'departments.csv', rows: [] }
  const live = liveOf(files, problems)
  const cast = { departments: departments.rows.map(departmentOf), people: people.rows.map(personOf), live }
  const wrong = [...wrongDepartments(cast, departments), ...wrongPeople(cast, people, app), ...wrongLive(cast, app)]
  return { ...cast, problems: [...problems, ...wrong] }
}

function tableOf(files: readonly AppFile[], name: string, problems: Problem[]): Table | undefined {
  const file = folder + name
  const text = textOf(files, file)
  if (text === undefined) return undefined
  try {
    const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Row[]
    if (rows.length <= most) return { file, rows }
  } catch {
    // What the parser has against it is of no use to whoever imports a template.
  }
  problems.push(unreadable(file))
  return { file, rows: [] }
}

const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter((word) => word !== '')

const departmentOf = ({ code = '', name = '', parent = '', manager = '' }: Row): CastDepartment => ({
  code,
  name,
  parent,
  manager,
})

const personOf = (row: Row): CastPerson => ({
  username: row.username ?? '',
  name: row.name ?? '',
  department: row.department ?? '',
  superior: row.superior ?? '',
  roles: words(row.roles),
  admin: row.is_admin === 'true',
  email: row.email || null,
  phone: row.phone || null,
  skills: words(row.skills).map((one) => one.split(':')[0] ?? one),
  skillLevels: levels(row.skills),
  certifications: words(row.certifications).map((one) => {
    const [name = one, until = null] = one.split(':')
    return { name, until }
  }),
  languages: words(row.languages),
  regions: words(row.regions),
  capacity: row.capacity ? Number(row.capacity) : 10,
})

/** `print:4 order`: a skill with its level, or without. */
const levels = (text: string | undefined): Record<string, number> =>
  Object.fromEntries(
    words(text).flatMap((one) => {
      const [skill = '', level] = one.split(':')
      return level === undefined ? [] : [[skill, Number(level)]]
    }),
  )

type Read = Omit<Cast, 'problems'>

function wrongDepartments({ departments, people }: Read, { file }: Table): readonly Problem[] {
  const usernames = new Set(people.map(({ username }) => username))
  const seen = new Set<string>()
  return departments.flatMap(({ code, name, parent, manager }, at) => {
    const wrong = [
      ...(!isCode(code) || seen.has(code) ? [['code', code]] : []),
      ...(name === '' || name.length > 100 ? [['name', name]] : []),
      // Parents come first, so that none can be below itself.
      ...(parent !== '' && !seen.has(parent) ? [['parent', parent]] : []),
      ...(manager !== '' && !usernames.has(manager) ? [['manager', manager]] : []),
    ]
    seen.add(code)
    return wrong.map(([column = '', value = '']) => wrongCell(file, at, column, value))
  })
}

const isCode = (text: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$/.test(text)

function wrongPeople({ departments, people }: Read, { file, rows }: Table, app: AppModel): readonly Problem[] {
  const codes = new Set(departments.map(({ code }) => code))
  const usernames = new Set(people.map(({ username }) => username))
  const roles = new Set(app.definition.roles.map(({ id }) => id))
  const seen = new Set<string>()
  return people.flatMap((person, at) => {
    const { username, department, superior } = person
    const name = username.toLowerCase()
    const columns = [
      ...(!Value.Check(CreateUser.properties.username, username) || seen.has(name) ? ['username'] : []),
      ...Object.entries(ChangeUser.properties).flatMap(([key, schema]) => {
        const column = key === 'skillLevels' ? 'skills' : key
        const value = (person as { readonly [key: string]: unknown })[key]
        // Departments are ids there and codes here.
        return key === 'department' || key === 'superior' || value === undefined || Value.Check(schema, value)
          ? []
          : [column]
      }),
      ...(department !== '' && !codes.has(department) ? ['department'] : []),
      ...(superior !== '' && (superior === username || !usernames.has(superior)) ? ['superior'] : []),
      ...(person.roles.some((role) => !roles.has(role)) ? ['roles'] : []),
    ]
    seen.add(name)
    return [...new Set(columns)].map((column) => wrongCell(file, at, column, rows[at]?.[column] ?? ''))
  })
}

function liveOf(files: readonly AppFile[], problems: Problem[]): LiveTickets {
  const file = `${folder}live.json`
  const text = textOf(files, file)
  if (text === undefined) return []
  const parsed = parseDocument(text)
  if (!parsed.ok || !isLiveTickets(parsed.value)) {
    problems.push(unreadable(file))
    return []
  }
  return parsed.value
}

/** Whatever names somebody or something that is not there, at its place. */
function wrongLive({ people, live }: Read, app: AppModel): readonly Problem[] {
  const file = `${folder}live.json`
  const usernames = new Set(people.map(({ username }) => username))
  return live.flatMap(({ by, form, links, steps }, at) => {
    const forms = [form, ...Object.values(links).map(([target]) => target)].filter((id) => !app.forms.has(id))
    const nobody = [by, ...steps.map((step) => step.by).filter((name) => name !== 'assignee')].filter(
      (name) => !usernames.has(name),
    )
    return [
      ...[...new Set(forms)].map((id) => ({ code: 'form.unknown', path: `/${file}/${at}`, details: { form: id } })),
      ...[...new Set(nobody)].map((name) => ({
        code: 'sample.nobody',
        path: `/${file}/${at}`,
        details: { file, ticket: at + 1, name },
      })),
    ]
  })
}

const unreadable = (file: string): Problem => ({ code: 'sample.unreadable', path: `/${file}`, details: { file } })

/** The header is the first line, so that the row is the one that a spreadsheet shows. */
const wrongCell = (file: string, at: number, column: string, value: string): Problem => ({
  code: 'sample.cellWrong',
  path: `/${file}`,
  details: { file, row: at + 2, column, value },
})

function textOf(files: readonly AppFile[], path: string): string | undefined {
  const file = files.find((one) => one.path === path)
  return file && 'text' in file ? file.text : undefined
}
