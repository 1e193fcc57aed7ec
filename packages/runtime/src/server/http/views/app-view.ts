import { type AppModel, appRights, type FlowDefinition, mayUseApp, type NavigationItem } from '@tenon/engine'
import type { AppSummary, AppView, FlowView, FormView, NavigationView } from '@tenon/runtime/contract'
import type { Caller } from '../../auth/identity.ts'
import { formView, rolesOf } from './form-view.ts'

/** Whether the app is there for a person at all: they work in it, may design it, or administer the installation. */
export const seesApp = (model: AppModel, principal: Caller): boolean =>
  mayUseApp(model.id, principal) || appRights(model.definition, principal).size > 0

export function appSummary({ id, version, definition: { label, description, icon } }: AppModel): AppSummary {
  return { id, version, label, ...(description !== undefined && { description }), ...(icon !== undefined && { icon }) }
}

/** The published app as one person may see it. `boards` are those of the reports, which know their own rights. */
export function appView(model: AppModel, principal: Caller, boards: AppView['boards']): AppView {
  const { definition } = model
  const mine = rolesOf(model.id, principal)
  const can = [...appRights(definition, principal)]
  const forms = [...model.forms.values()].flatMap((form) => formView(form, principal) ?? [])
  const seen = new Set(forms.map((form) => form.id))
  return {
    ...appSummary(model),
    locales: [...definition.locales],
    zone: definition.zone ?? 'Asia/Shanghai',
    currency: definition.currency ?? 'CNY',
    navigation: navigation(definition.navigation, mine, forms, boards).filter(
      ({ page }) => page !== 'assignmentCheck' || can.length > 0,
    ),
    roles: definition.roles.map(({ id, label }) => ({ id, label })),
    mine: [...mine],
    can,
    forms,
    flows: [...model.flows.values()].filter((flow) => seen.has(flow.form)).map(flowView),
    boards,
    clocks: model.policies
      .filter((policy) => seen.has(policy.form))
      .flatMap((policy) => policy.clocks.map(({ id, label }) => ({ policy: policy.id, id, label }))),
    rules: model.rules.filter((rule) => seen.has(rule.form)).map(({ id, label }) => ({ id, label })),
  }
}

/** Entries that open something I may open; the names of their targets are theirs unless they have one of their own. */
function navigation(
  items: readonly NavigationItem[],
  mine: ReadonlySet<string>,
  forms: readonly FormView[],
  boards: AppView['boards'],
): NavigationView[] {
  return items.flatMap(({ roles, ...item }) => {
    if (roles && !roles.some((role) => mine.has(role))) return []
    const form = item.form === undefined ? undefined : forms.find((one) => one.id === item.form)
    const board = item.board === undefined ? undefined : boards.find((one) => one.id === item.board)
    if (item.form !== undefined && !form?.rights.includes('read')) return []
    if (item.board !== undefined && !board) return []
    if (item.view !== undefined && !form?.definition.views?.some((view) => view.id === item.view)) return []
    return [
      { ...item, label: item.label ?? form?.definition.plural ?? form?.definition.label ?? board?.label ?? item.id },
    ]
  })
}

const flowView = ({ id, form, label, nodes, edges }: FlowDefinition): FlowView => ({
  id,
  form,
  label,
  nodes: nodes.map((node) => ({
    id: node.id,
    type: node.type,
    ...(node.label !== undefined && { label: node.label }),
    ...(node.stage !== undefined && { stage: node.stage }),
    ...('instruction' in node && node.instruction !== undefined && { instruction: node.instruction }),
    ...('limit' in node && node.limit !== undefined && { limit: { within: node.limit.within } }),
  })),
  edges: edges.map((edge) => ({
    id: edge.id,
    from: edge.from,
    to: edge.to,
    ...(edge.label !== undefined && { label: edge.label }),
  })),
})
