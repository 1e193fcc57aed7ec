import { PersonSelect } from '../../controls/PersonSelect.tsx'
import type { EditProps } from '../contract.ts'

export const UserEdit = ({ field, value, ...rest }: EditProps<'user'>) => (
  <PersonSelect {...rest} value={typeof value === 'string' ? value : null} roles={field.roles} />
)
