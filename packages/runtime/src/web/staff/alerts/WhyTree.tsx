import { type Locale, type OperatorName, operators, resolveText } from '@tenon/engine'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { WhyLine } from '../../../contract/index.ts'
import { formatIsoDuration } from '../../../ui/show/format.ts'
import { usePreferences } from '../../shell/preferences.ts'
import styles from './alerts.module.css'

/** Each condition with the value it had: what held, and what did not. */
export function WhyTree({ lines }: { lines: readonly WhyLine[] }) {
  const { t } = useTranslation('staff')
  const { locale } = usePreferences()
  if (lines.length === 0) return <p className={styles.quiet}>{t('runs.noCondition')}</p>
  return (
    <ul className={styles.why}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a finished run never change
        <li key={at} className={styles.line} style={{ paddingInlineStart: line.depth * 20 }}>
          <span className={styles.mark} data-result={line.result} role="img" aria-label={t(`runs.held.${line.result}`)}>
            {line.result ? '✓' : '✗'}
          </span>
          <span className={styles.words}>
            <Line line={line} locale={locale} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Line({ line, locale }: { line: WhyLine; locale: Locale }) {
  const { t } = useTranslation('staff')
  const label = resolveText(line.label, locale)
  const spec = operators[line.operator as OperatorName]
  if (!spec) return <span>{label}</span>
  const words = resolveText(line.words.expected ?? '', locale)
  const expected = spec.operand === 'duration' ? formatIsoDuration(words, locale) : words
  const about = [
    line.window && windowOf(line.window, locale, t),
    line.value && line.value !== 'value' && t(`runs.value.${line.value}`),
  ].filter((part) => typeof part === 'string')
  return (
    <>
      <span>
        {label}
        {about.length > 0 && (locale === 'en' ? ` (${about.join(', ')}) ` : `（${about.join('，')}）`)}
        {!line.hidden && ` ${spec.title[locale]} ${expected}`}
      </span>
      <Seen line={line} locale={locale} />
    </>
  )
}

/** The value the condition met; a record's name is not shown here. */
function Seen({ line, locale }: { line: WhyLine; locale: Locale }) {
  const { t } = useTranslation('staff')
  const known = line.words.actual !== null
  if (!line.hidden && !known && line.actual !== null) return null
  const actual = known ? resolveText(line.words.actual ?? '', locale) : t('runs.blank')
  return <span className={styles.quiet}>{line.hidden ? t('runs.hidden') : t('runs.actual', { actual })}</span>
}

const windowOf = (window: string, locale: Locale, t: TFunction<'staff'>): string =>
  window.startsWith('P') ? t('runs.last', { time: formatIsoDuration(window, locale) }) : t(`runs.calendar.${window}`)
