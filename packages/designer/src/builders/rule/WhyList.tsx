import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { type OperatorName, operators, resolveText } from '@tenon/engine'
import type { WhyLine } from '@tenon/runtime/contract'
import { useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import styles from './rule.module.css'

/** Every part of a condition with the value it had, true or not. */
export type Told = {
  readonly depth: number
  readonly result: boolean
  readonly text: string
  readonly actual: string | undefined
}

export function WhyList({ lines }: { lines: readonly Told[] }) {
  const { t } = useTranslation('rule')
  if (lines.length === 0) return <p className={styles.hint}>{t('noCondition')}</p>
  return (
    <ul className={styles.why}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one answer never change places
        <li key={at} className={styles.whyLine} data-result={line.result} data-depth={Math.min(line.depth, 4)}>
          {line.result ? (
            <CheckCircleFilled aria-label={t('holds')} className={styles.yes} />
          ) : (
            <CloseCircleFilled aria-label={t('fails')} className={styles.no} />
          )}
          <span>
            {line.text}
            {line.actual !== undefined && <span className={styles.actual}>{t('actual', { value: line.actual })}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The server's lines in words. */
export function useToldLines(): (lines: readonly WhyLine[]) => readonly Told[] {
  const { t } = useTranslation(['rule', 'panels'])
  const { locale } = useUi()
  return (lines) =>
    lines.map((line) => {
      const isGroup = line.kind === 'all' || line.kind === 'any' || line.kind === 'not'
      if (isGroup) return { depth: line.depth, result: line.result, text: t(`group.${line.kind}`), actual: undefined }
      const operator = operators[line.operator as OperatorName]?.title[locale] ?? ''
      const expected = line.words.expected ? resolveText(line.words.expected, locale) : ''
      const actual = line.hidden
        ? t('hiddenValue')
        : line.words.actual
          ? resolveText(line.words.actual, locale)
          : t('blank')
      return {
        depth: line.depth,
        result: line.result,
        text: [resolveText(line.label, locale), operator, expected].filter(Boolean).join(' '),
        actual,
      }
    })
}
