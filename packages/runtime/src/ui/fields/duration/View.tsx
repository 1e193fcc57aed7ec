import { DurationText } from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

export const DurationView = ({ value }: ShowProps<'duration'>) => <DurationText value={String(value)} />
