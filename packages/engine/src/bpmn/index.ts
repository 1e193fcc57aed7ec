/** BPMN 2.0 XML and flows: `@tenon/engine/bpmn`. Apart from the engine's door, because it brings an XML reader along. */
export { exportBpmn } from './export-bpmn.ts'
export { type BpmnImport, importBpmn } from './import-bpmn.ts'
export type { Reported } from './report.ts'
export { type RunAnswer, type RunInput, type RunMessage, runBpmn, type TraceLine } from './run-bpmn.ts'
