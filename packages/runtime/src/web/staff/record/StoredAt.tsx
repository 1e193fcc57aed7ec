import { useTranslation } from 'react-i18next'
import { Moment } from '../../../ui/show/Moment.tsx'

/** Says that what was put aside is here again, and from when it is. */
export function StoredAt({ at }: { readonly at: string }) {
  const { t } = useTranslation('staff')
  return (
    <>
      {t('approval.draftRestored')} <Moment at={at} />
    </>
  )
}
