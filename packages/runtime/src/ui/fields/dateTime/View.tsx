import { Moment } from '../../show/Moment.tsx'
import type { ShowProps } from '../contract.ts'

export const DateTimeView = ({ value }: ShowProps<'dateTime'>) => <Moment at={String(value)} />
