/** Named places of the write path where a test may make the process fail. Without a hook they cost a comparison. */
const faultPoints = [
  'command-begun',
  'after-decide',
  'after-records',
  'after-events',
  'after-work',
  'before-commit',
  'after-commit',
  'before-answer',
  'before-effect',
  'after-effect',
] as const
export type FaultPoint = (typeof faultPoints)[number]

let hook: ((point: FaultPoint) => void) | undefined

export const faults = {
  at(point: FaultPoint): void {
    if (hook !== undefined) hook(point)
  },
  /** For tests only: throws, or ends the process, inside the hook. Undefined takes it away. */
  set(next: ((point: FaultPoint) => void) | undefined): void {
    hook = next
  },
}
