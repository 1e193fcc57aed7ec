import { useTranslation } from 'react-i18next'
import { useKnownRef } from '../../environment.tsx'
import type { ShowProps } from '../contract.ts'

export function DepartmentFieldView({ value }: ShowProps<'department'>) {
  const { t } = useTranslation('ui')
  const ref = useKnownRef(String(value))
  return <span>{ref?.kind === 'department' ? ref.name : t('notVisible')}</span>
}
