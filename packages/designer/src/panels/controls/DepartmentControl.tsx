import { useQuery } from '@tanstack/react-query'
import { client } from '@tenon/runtime/page'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

/** A department, kept by its code: definitions travel, ids of departments do not. */
export function DepartmentControl({ value, onChange, id, label }: ControlProps<string>) {
  const { t } = useTranslation('panels')
  const departments = useQuery({ queryKey: ['panel-departments'], queryFn: client.departments, staleTime: 60_000 })
  const options = (departments.data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))
  return (
    <Select
      {...naming(id, label)}
      value={value || null}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('chooseDepartment')}
      onChange={(next: string | null) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}
