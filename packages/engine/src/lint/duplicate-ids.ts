import { elementsOf } from '../definitions/elements.ts'
import { systemFieldIds } from '../fields/schemas.ts'
import { groupBy } from '../kernel/group.ts'
import { problem } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/** An id names one element of its list; the second one is the problem. */
export const duplicateIds: Check = ({ all }) =>
  all.flatMap((document) => {
    const byAddress = groupBy(elementsOf(document.json), (element) => element.address)
    return [...byAddress.values()].flatMap((same) =>
      same
        .slice(1)
        .map((element) => problem('document.duplicateId', `${document.path}${element.path}`, { id: element.id })),
    )
  })

/** Every record has the system fields already. */
export const reservedIds: Check = ({ app }) =>
  [...app.forms.values()].flatMap((form) =>
    form.definition.fields.flatMap((field, at) =>
      (systemFieldIds as readonly string[]).includes(field.id)
        ? [problem('field.reservedId', `/forms/${form.id}.json/fields/${at}`, { id: field.id })]
        : [],
    ),
  )
