export type { ImportPorts } from './import-ports.ts'
export { importDoors, recoverImports } from './jobs.ts'
export { ImportMapping } from './mapping.ts'
export { runImport } from './run-import.ts'
