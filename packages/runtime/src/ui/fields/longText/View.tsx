import type { ShowProps } from '../contract.ts'

export const LongTextView = ({ value }: ShowProps<'longText'>) => (
  <span style={{ whiteSpace: 'pre-wrap' }}>{String(value)}</span>
)
