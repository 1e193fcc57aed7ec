import { isTable } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { ShowProps } from '../contract.ts'

/** In a list there is room for how many rows there are. */
export function TableCell({ value }: ShowProps<'table'>) {
  const { t } = useTranslation('ui')
  return <span>{t('table.rows', { count: isTable(value) ? value.length : 0 })}</span>
}
