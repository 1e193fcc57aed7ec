import { metricLeaves } from '../conditions/metric.ts'
import { resolvePath } from '../conditions/read-fact.ts'
import { isObject } from '../kernel/json.ts'
import { pointer } from '../kernel/pointer.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import type { Check } from './context.ts'

/** Figures that conditions ask for are of metrics there are, grouped by fields their form has. */
export const ruleMetrics: Check = ({ sites, documents, lookup }) =>
  sites.flatMap((site): readonly Problem[] => {
    if (site.type !== 'condition' || documents === undefined) return []
    return metricLeaves(site.condition).flatMap(({ params }) => {
      const found = documents.find(({ kind, json }) => kind === 'metric' && isObject(json) && json.id === params.metric)
      const form = isObject(found?.json) ? lookup(String(found.json.form)) : undefined
      if (!found) return [problem('metric.unknown', site.path, { metric: params.metric })]
      return Object.keys(params.by ?? {}).flatMap((path) =>
        form && resolvePath('record', path.split('.'), form, lookup) === undefined
          ? [problem('condition.unknownField', `${site.path}${pointer('params', 'by', path)}`, { field: path })]
          : [],
      )
    })
  })
