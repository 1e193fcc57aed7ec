import type { ShowProps } from '../contract.ts'

export const EmailCell = ({ value }: ShowProps<'email'>) => <span>{String(value)}</span>
