import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../controls/RemoteSelect.tsx'
import { type Ref, useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

const nameOf = (ref: Ref) => (ref.kind === 'department' ? ref.name : '')

export function DepartmentEdit({ field: _field, value, onChange, ...rest }: EditProps<'department'>) {
  const { t } = useTranslation('ui')
  const { listDepartments } = useUi()
  const search = useCallback(
    async (q: string) => {
      const wanted = q.trim().toLowerCase()
      return (await listDepartments()).filter(({ ref }) => nameOf(ref).toLowerCase().includes(wanted))
    },
    [listDepartments],
  )
  return (
    <RemoteSelect
      {...rest}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
      search={search}
      labelOf={nameOf}
      placeholder={t('chooseDepartment')}
    />
  )
}
