import { Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { EditProps } from '../contract.ts'

export function BooleanEdit({ id, value, onChange, disabled, describedBy }: EditProps<'boolean'>) {
  const { t } = useTranslation('ui')
  return (
    <Switch
      id={id}
      checked={value === true}
      disabled={disabled ?? false}
      checkedChildren={t('yes')}
      unCheckedChildren={t('no')}
      onChange={onChange}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    />
  )
}
