import { TimeText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export const TimeView = ({ value }: ShowProps<'time'>) => <TimeText value={String(value)} />
