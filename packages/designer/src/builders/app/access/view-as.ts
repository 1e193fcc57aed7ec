import {
  type AccessEntry,
  type Facts,
  type FieldRight,
  type FormModel,
  fieldRights,
  mayDo,
  type Principal,
  type RecordRight,
  recordRights,
} from '@tenon/engine'

/** What one entry alone gives, in the rows it speaks about. */
type EntryView = {
  readonly entry: AccessEntry
  readonly fields: ReadonlyMap<string, FieldRight>
}
/** `best`: in some rows at least; `everywhere`: in whichever row. They differ where entries speak about some rows only. */
export type Extent<T> = { readonly best: T; readonly everywhere: T }
export type ViewAs = {
  readonly entries: readonly EntryView[]
  readonly rights: ReadonlyMap<RecordRight, Extent<boolean>>
  readonly fields: ReadonlyMap<string, Extent<FieldRight>>
}

const anyMoment: Facts = { now: 0, zone: 'UTC', record: {} }

/** Somebody with these roles and nothing else known. */
const somebody = (app: string, roles: readonly string[]): Principal => ({
  kind: 'user',
  admin: false,
  grants: roles.map((role) => ({ app, role })),
  user: {
    id: '',
    username: '',
    name: '',
    department: null,
    superior: null,
    departments: [],
    roles: [...roles],
    locale: 'zh-CN',
    zone: 'UTC',
  },
})

const withAccess = (form: FormModel, access: readonly AccessEntry[]): FormModel => ({
  ...form,
  definition: { ...form.definition, access: [...access] },
})

/** What people with these roles see of a form, and which entry gives it; by the engine's own access functions. */
export function viewAs(form: FormModel, roles: readonly string[]): ViewAs {
  const principal = somebody(form.app, roles)
  const access = roles.length === 0 ? [] : (form.definition.access ?? [])
  const own = access.filter(({ role }) => role === '*' || roles.includes(role))
  const everyRow = own.map(({ rows: _rows, ...entry }) => entry)
  const unlimited = own.filter(({ rows }) => rows === undefined)
  const [some, all] = [withAccess(form, everyRow), withAccess(form, unlimited)]
  const [best, everywhere] = [fieldRights(some, principal, anyMoment), fieldRights(all, principal, anyMoment)]
  return {
    entries: own.map((entry, at) => ({
      entry,
      fields: fieldRights(withAccess(form, everyRow.slice(at, at + 1)), principal, anyMoment),
    })),
    rights: new Map(
      recordRights.map((right) => [
        right,
        { best: mayDo(some, principal, right, anyMoment), everywhere: mayDo(all, principal, right, anyMoment) },
      ]),
    ),
    fields: new Map([...best].map(([id, right]) => [id, { best: right, everywhere: everywhere.get(id) ?? 'hidden' }])),
  }
}
