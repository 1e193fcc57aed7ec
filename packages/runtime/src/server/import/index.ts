export { importDoors, recoverImports } from './jobs.ts'
export { ImportMapping } from './mapping.ts'
export { type ImportPorts, runImport } from './run-import.ts'
