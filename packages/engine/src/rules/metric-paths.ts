import { isRef } from '../conditions/operand.ts'
import { refParts } from '../conditions/read-fact.ts'
import type { MetricParams } from '../definitions/condition.ts'

/** Paths of the metric's form whose value is the id of the rule's own record. */
export const pathsOfRecord = ({ by = {} }: MetricParams): readonly string[] =>
  Object.entries(by).flatMap(([path, value]) => {
    const read = isRef(value) ? refParts(value.ref) : undefined
    return read?.fact === 'record' && (read.path.length === 0 || read.path.join('.') === 'id') ? [path] : []
  })

/** Fields of the metric's form that its groups are read from. */
export const fieldsLookedAt = ({ by = {} }: MetricParams): readonly string[] =>
  Object.keys(by).map((path) => path.split('.')[0] ?? path)
