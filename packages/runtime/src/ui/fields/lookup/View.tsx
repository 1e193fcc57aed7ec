import type { ShowProps } from '../contract.ts'

/** A lookup whose link leads nowhere; any other is drawn by the face of the field it shows. */
export const LookupView = ({ value }: ShowProps<'lookup'>) => <span>{String(value)}</span>
