import type { FlowDefinition } from '@tenon/engine'
import type { Flow } from '../../edits/flow/flow.ts'

/** Saves the flow as a BPMN 2.0 file. False: what it was imported from can no longer be read. */
export async function saveAsBpmn(flow: Flow): Promise<boolean> {
  // Apart, because it brings an XML writer along that nobody else needs.
  const { exportBpmn } = await import('@tenon/engine/bpmn')
  const made = await exportBpmn(flow as unknown as FlowDefinition)
  if (!made.ok) return false
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([made.value], { type: 'application/xml' }))
  link.download = `${String(flow.id)}.bpmn`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  return true
}
