import { BooleanText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export const BooleanView = ({ value }: ShowProps<'boolean'>) => <BooleanText value={value === true} />
