import { useTranslation } from 'react-i18next'
import { FilePicker } from '../../controls/FilePicker.tsx'
import type { EditProps } from '../contract.ts'
import { acceptOf } from './accept.ts'

export function FileEdit({ field, id, value, onChange, disabled }: EditProps<'file'>) {
  const { t } = useTranslation('ui')
  const ids = Array.isArray(value) ? (value as readonly string[]) : []
  return (
    <FilePicker
      id={id}
      label={t('upload')}
      ids={ids}
      onChange={(next) => onChange(next.length === 0 ? null : next)}
      disabled={disabled ?? false}
      accept={acceptOf(field.accept)}
      maxFiles={field.maxFiles ?? 20}
    />
  )
}
