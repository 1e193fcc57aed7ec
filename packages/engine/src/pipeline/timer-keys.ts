import type { Id } from '../kernel/ids.ts'

/** Timer of the time in which whoever a task was given to must accept it. */
export const acceptKey = (task: Id): string => `accept/${task}`
