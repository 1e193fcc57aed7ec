import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { choicesIn } from '../schema-words.ts'

/** One of a closed list, in words. */
export function EnumControl({ schema, value, onChange, id, label, required }: SchemaControlProps) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  return (
    <Select
      {...naming(id, label)}
      value={typeof value === 'string' ? value : null}
      options={[...choicesIn(schema, locale)]}
      allowClear={!required}
      placeholder={t('choose')}
      onChange={(next) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}
