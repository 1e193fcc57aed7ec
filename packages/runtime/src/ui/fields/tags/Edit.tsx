import { resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { TagsSelect } from '../../controls/TagsSelect.tsx'
import { useUi } from '../../environment.tsx'
import { useShownForm } from '../../show/ShownForm.tsx'
import type { EditProps } from '../contract.ts'

export function TagsEdit({ field, value, onChange, ...rest }: EditProps<'tags'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  return (
    <TagsSelect
      {...rest}
      form={useShownForm()}
      field={field.id}
      value={Array.isArray(value) ? (value as readonly string[]) : []}
      onChange={(texts) => onChange(texts.length === 0 ? null : [...texts])}
      most={field.maxItems}
      placeholder={resolveText(field.placeholder, locale) || t('tagsHint')}
    />
  )
}
