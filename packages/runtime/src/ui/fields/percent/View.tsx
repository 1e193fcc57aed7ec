import { PercentText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export const PercentView = ({ value }: ShowProps<'percent'>) => <PercentText value={value as string | number} />
