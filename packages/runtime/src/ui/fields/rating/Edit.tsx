import { resolveText } from '@tenon/engine'
import { Rate } from 'antd'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

export function RatingEdit({ field, id, value, onChange, disabled }: EditProps<'rating'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const stars = Array.from({ length: field.max ?? 5 }, (_, index) => t('stars', { count: index + 1 }))
  return (
    <Rate
      id={id}
      // No label reaches a list of stars.
      aria-label={resolveText(field.label, locale)}
      count={field.max ?? 5}
      value={Number(value ?? 0)}
      disabled={disabled ?? false}
      tooltips={stars}
      onChange={(count) => onChange(count === 0 ? null : count)}
    />
  )
}
