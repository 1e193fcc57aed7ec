import type { ShowProps } from '../contract.ts'

export const TextView = ({ value }: ShowProps<'text'>) => <span>{String(value)}</span>
