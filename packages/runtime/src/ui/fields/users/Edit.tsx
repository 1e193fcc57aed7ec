import { resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { PeopleSelect } from '../../controls/PeopleSelect.tsx'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function UsersEdit({ field, value, onChange, ...rest }: EditProps<'users'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  return (
    <PeopleSelect
      {...rest}
      value={Array.isArray(value) ? (value as readonly string[]) : []}
      onChange={(ids) => onChange(ids.length === 0 ? null : [...ids])}
      roles={field.roles}
      most={field.maxItems}
      placeholder={resolveText(field.placeholder, locale) || t('choosePeople')}
    />
  )
}
