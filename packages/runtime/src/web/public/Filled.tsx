import { CheckCircleFilled } from '@ant-design/icons'
import { resolveText } from '@tenon/engine'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicReceipt } from '../../contract/index.ts'
import { usePreferences } from '../shell/preferences.ts'
import styles from './public.module.css'

/** It has arrived: the author's words, and the number to ask by. */
export function Filled({ receipt, again }: { receipt: PublicReceipt; again: () => void }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const thanks = receipt.thanks === null ? '' : resolveText(receipt.thanks, locale)
  return (
    <section className={styles.card} data-sent>
      <CheckCircleFilled className={styles.done} aria-hidden />
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {t('thanks.title')}
      </h1>
      <p className={styles.intro}>{thanks === '' ? t('thanks.text') : thanks}</p>
      {receipt.number !== null && (
        <div className={styles.number}>
          <span>{t('thanks.number')}</span>
          <strong>{receipt.number}</strong>
          <small>{t('thanks.keep')}</small>
        </div>
      )}
      <Button size="large" onClick={again}>
        {t('again')}
      </Button>
    </section>
  )
}
