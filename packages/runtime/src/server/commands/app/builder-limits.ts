import {
  type AppModel,
  appOfTarget,
  appRights,
  documentsOfKinds,
  type FormModel,
  fieldRights,
  formLookup,
  type Principal,
  type Problem,
  problem,
  type Reference,
  referencesOf,
  type SourceFile,
  type Target,
} from '@tenon/engine'
import { reportKinds } from '@tenon/reports'
import type { LoadedApp } from '../../store/apps.ts'
import type { Memory } from '../../store/live-memory.ts'

/**
 * What a builder may not put into an app although its definitions are right: app rights for roles that he does not have
 * himself, fields open to strangers that he may not fill in, and the forms of an app that is not his. Computed values, rules and figures read with the system's eyes; whoever
 * could point them at another app would read and write it. What is live already stays, whoever publishes the next version.
 */
export function builderLimits(
  by: Principal,
  next: AppModel,
  sources: readonly SourceFile[],
  { apps }: Memory,
): readonly Problem[] {
  if (by.kind === 'system' || (by.kind === 'user' && by.admin)) return []
  const current = apps.app(next.id)
  return [
    ...grants(by, current?.model, next),
    ...opened(by, current?.model, next),
    ...foreign(by, current, next, sources, apps),
  ]
}

/** Fields that strangers would fill in from now on although the builder may not do so himself in the live version. */
function opened(by: Principal, current: AppModel | undefined, next: AppModel): readonly Problem[] {
  return [...next.forms.values()].flatMap((form) => {
    const live = current?.forms.get(form.id)
    const asked = openFields(form)
    if (!live || asked.length === 0) return []
    const mine = fieldRights(live, by, { now: 0, zone: 'UTC' }, undefined, 'create')
    return asked.flatMap((id, at) => {
      const field = live.fields.get(id)
      if (!field || mine.get(id) === 'edit' || openFields(live).includes(id)) return []
      const details = { field: id, label: field.definition?.label ?? id }
      return [problem('publicForm.notYours', `/forms/${form.id}.json/publicForm/fields/${at}`, details)]
    })
  })
}

/** What a public form that is not closed says it asks. */
const openFields = ({ definition: { publicForm } }: FormModel): readonly string[] =>
  publicForm && !publicForm.closed ? publicForm.fields : []

function grants(by: Principal, current: AppModel | undefined, next: AppModel): readonly Problem[] {
  const mine = current ? appRights(current.definition, by) : new Set()
  const before = new Map(current?.definition.roles.map((role) => [role.id, role.can ?? []]))
  return next.definition.roles.flatMap(({ id, can = [] }, at) =>
    can
      .filter((right) => !mine.has(right) && !before.get(id)?.includes(right))
      .map((right) => problem('app.rightNotYours', `/app.json/roles/${at}/can`, { role: id, right })),
  )
}

function foreign(
  by: Principal,
  current: LoadedApp | undefined,
  next: AppModel,
  sources: readonly SourceFile[],
  apps: Memory['apps'],
): readonly Problem[] {
  const others = apps
    .all()
    .filter(({ model }) => model.id !== next.id && !appRights(model.definition, by).has('design'))
  // Names of other apps' forms begin with the app: where none occurs, none is meant.
  const texts = sources.map(({ json }) => JSON.stringify(json))
  if (!others.some(({ model }) => texts.some((text) => text.includes(`"${model.id}/`)))) return []
  const closed = new Set(others.map(({ model }) => model.id))
  const modelOf = (id: string) => apps.app(id)?.model
  const known = new Set(
    current ? mentions(current.model, current.sources, closed, modelOf).map(({ target }) => keyOf(target)) : [],
  )
  const seen = new Set<string>()
  return mentions(next, sources, closed, modelOf).flatMap(({ path, target }) => {
    const app = appOfTarget(target) ?? ''
    if (known.has(keyOf(target)) || seen.has(`${path} ${app}`)) return []
    seen.add(`${path} ${app}`)
    return [problem('app.formNotYours', path, { app, form: formOf(target) })]
  })
}

const keyOf = ({ kind, id, in: owner = '' }: Target): string => JSON.stringify([kind, id, owner])
const formOf = ({ kind, id, in: owner = '' }: Target): string => (kind === 'form' ? id : owner).split('/')[1] ?? ''

/** Everything an app says about the forms of those apps, through links too. */
const mentions = (
  app: AppModel,
  sources: readonly SourceFile[],
  closed: ReadonlySet<string>,
  modelOf: (id: string) => AppModel | undefined,
): readonly Reference[] =>
  referencesOf({
    app,
    lookup: formLookup(app, modelOf),
    documents: documentsOfKinds(sources, reportKinds),
  }).filter(({ target }) => closed.has(appOfTarget(target) ?? ''))
