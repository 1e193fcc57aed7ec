import type { ShowProps } from '../contract.ts'

export const LongTextCell = ({ value }: ShowProps<'longText'>) => <span>{String(value).replaceAll(/\s+/g, ' ')}</span>
