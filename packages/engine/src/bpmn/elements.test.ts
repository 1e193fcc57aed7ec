import { expect, test } from 'vitest'
import page from '../../../../docs/bpmn.md?raw'
import { flowElements } from './elements.ts'

test('the page about BPMN lists every flow element with what becomes of it', () => {
  const rows = [...page.matchAll(/^\| (\w+) \| (run|adapted|kept) \| (\w*) ?\|/gm)]
  expect(rows.map(([, element, what, as]) => [element, what, as || undefined])).toEqual(
    Object.entries(flowElements).map(([element, { what, as }]) => [element, what, as]),
  )
})
