import { Person } from '../../show/Person.tsx'
import type { ShowProps } from '../contract.ts'

export const UserFieldView = ({ value }: ShowProps<'user'>) => <Person id={String(value)} />
