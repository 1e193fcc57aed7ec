import { StarFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { ShowProps } from '../contract.ts'

export function RatingView({ field, value }: ShowProps<'rating'>) {
  const { t } = useTranslation('ui')
  const count = Number(value)
  const max = field.max ?? 5
  return (
    <span role="img" aria-label={t('stars', { count })} style={{ whiteSpace: 'nowrap' }}>
      {Array.from({ length: max }, (_, index) => (
        <StarFilled
          // biome-ignore lint/suspicious/noArrayIndexKey: stars have no identity but their place
          key={index}
          aria-hidden
          style={{
            color: index < count ? 'var(--t-warning-strong)' : 'var(--t-line-strong)',
            fontSize: 13,
            marginInlineEnd: 2,
          }}
        />
      ))}
    </span>
  )
}
