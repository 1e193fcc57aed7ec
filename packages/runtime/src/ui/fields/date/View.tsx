import { DayText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export const DateView = ({ value }: ShowProps<'date'>) => <DayText value={String(value)} />
