import { resolveText } from '@tenon/engine'
import type { ImportedZip } from '@tenon/runtime/contract'
import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import styles from './publish.module.css'

/** What demo data holds, form by form, and what it does not: sheets that are not imported as records are not counted. */
export function SampleContents({ sample }: Pick<ImportedZip, 'sample'>) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const sheets = sample.flatMap(({ label, rows }) =>
    label === null
      ? []
      : [t('sample.sheet', { form: resolveText(label, locale), rows: t('sample.rows', { count: rows ?? 0 }) })],
  )
  const hasPeople = sample.some(({ file }) => file === 'sample/people.csv')
  return (
    <p className={styles.nothing}>
      {sheets.length > 0 && t('sample.contents', { sheets: new Intl.ListFormat(locale).format(sheets) })}
      {t(hasPeople ? 'sample.later' : 'sample.without')}
    </p>
  )
}
