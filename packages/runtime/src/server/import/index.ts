export type { ImportPorts } from './import-ports.ts'
export { createImportQueue, type ImportQueue, importDoors, keepDone, recoverImports, viewOf } from './jobs.ts'
export { ImportMapping } from './mapping.ts'
export { runImport } from './run-import.ts'
