import { checkAssignments, formatInstant, type Principal } from '@tenon/engine'
import type { AssignmentCheckAnswer } from '@tenon/runtime/contract'
import { notFound } from '../tenon-error.ts'
import { type QueryPorts, zoneOf } from './reading.ts'

/** What the assignment strategies of an app leave open. It speaks of people and rules, of no record. */
export function assignmentCheck(principal: Principal, ports: QueryPorts, appId: string): AssignmentCheckAnswer {
  const { apps, organisation } = ports.memory.now
  const app = apps.app(appId)
  if (!app) throw notFound()
  const { model, lookup } = app
  const checked = checkAssignments({
    app: model,
    lookup,
    directory: organisation,
    now: ports.clock.now(),
    zone: zoneOf(principal, model),
  })
  return {
    items: checked.map(({ choices, uncovered, unstaffed, irreplaceable, ...one }) => ({
      ...one,
      label: model.assignments.get(one.strategy)?.label ?? one.strategy,
      formLabel: model.forms.get(one.form)?.definition.label ?? one.form,
      choices: choices.map(({ path, label, options }) => ({
        path,
        label,
        options: options.map((option) => ({ id: option.id, label: option.label })),
      })),
      uncovered: uncovered.map((made) => [...made]),
      unstaffed: unstaffed.map(({ from, until }) => ({ from: formatInstant(from), until: formatInstant(until) })),
      irreplaceable: irreplaceable.map(({ skill, person }) => ({
        skill,
        person: { id: person, name: organisation.person(person)?.name ?? person },
      })),
    })),
  }
}
