import { useTranslation } from 'react-i18next'
import { useTelling } from '../condition/use-telling.ts'
import type { PanelScope } from '../contract.ts'
import { tellTemplate } from '../template-words.ts'
import styles from './controls.module.css'

type Props = { readonly text: string; readonly scope: PanelScope }

/** A text with placeholders read back by the labels people know; nothing where there is none. */
export function ToldTemplate({ text, scope }: Props) {
  const { t } = useTranslation('panels')
  const telling = useTelling(scope)
  const words = tellTemplate(text, telling)
  if (words.every((word) => typeof word === 'string')) return null
  let at = 0
  return (
    <p className={styles.toldText}>
      <span className={styles.toldLead}>{t('toldText')}</span>
      {words.map((word) => {
        at += 1
        return typeof word === 'string' ? (
          <span key={at}>{word}</span>
        ) : (
          <span key={at} className={styles.chip}>
            {word.label}
          </span>
        )
      })}
    </p>
  )
}
