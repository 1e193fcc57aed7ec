import { start } from './0001-start.ts'
import type { Migration } from './types.ts'

/** Append only, in order. */
export const migrations: readonly Migration[] = [start]
