import type { SchemaNode } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import { absentWords } from './schema-words.ts'

/** What stands in an empty control: what goes when nothing is chosen, where the schema says so, else an invitation. */
export function useAbsentWords(schema: SchemaNode): string {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const words = absentWords(schema, locale)
  return words === undefined ? t('choose') : t('byDefault', { words })
}
