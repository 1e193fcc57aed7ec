import type { ShowProps } from '../contract.ts'

export const EmailView = ({ value }: ShowProps<'email'>) => <a href={`mailto:${String(value)}`}>{String(value)}</a>
