import { groupBy } from '@tenon/engine'
import { expect, it } from 'vitest'
import { isKitHere, runKit } from './tck/run.ts'

/** Left out by the kit's README: models that need boxed invocation or imports of other models. */
const outOfScope = new Map([
  ['0004-lending', 'boxed invocation'],
  ['0037-dt-on-bkm-implicit-params', 'boxed invocation'],
  ['0087-chapter-11-example', 'boxed invocation'],
  ['0086-import', 'imports'],
])
/** Every other result of the 31 folders that hold a decision table. */
const inScope = 110

it.skipIf(!isKitHere())('runs the decision-table folders of the DMN compatibility kit: all of them', () => {
  const runs = runKit((folder) => !outOfScope.has(folder), 'decisionTable')
  const failed = runs.filter((run) => !run.passed)
  console.log(`DMN TCK, decision tables: ${runs.length - failed.length} of ${runs.length}`)
  for (const run of failed) console.log(`  ${run.folder} ${run.id}: ${run.got}, expected ${run.expected}`)
  expect(failed).toEqual([])
  expect([groupBy(runs, (run) => run.folder).size, runs.length]).toEqual([31 - outOfScope.size, inScope])
})

if (!isKitHere()) console.log('skipped: the DMN compatibility kit is not here (TENON_SUITES)')
