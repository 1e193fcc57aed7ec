import { WarningFilled } from '@ant-design/icons'
import { usePreferences } from '@tenon/runtime/page'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments } from '../../draft/draft-context.tsx'
import { placeName } from '../../draft/place-name.ts'
import { splitAddress } from '../../shell/here.ts'
import { UsageList } from '../../shell/UsageList.tsx'
import styles from './form-bench.module.css'
import type { Remover } from './use-removal.ts'

/** What breaks when something is removed, each with the way there; then remove it all the same, or not. */
export function RemovalNotice({ removal }: { removal: Remover }) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const asked = removal.asked
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked) first.current?.focus()
  }, [asked])
  if (!asked) return null
  return (
    <div
      ref={first}
      className={styles.removal}
      role="alertdialog"
      aria-label={t('removal.title', { what: asked.what })}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') removal.cancel()
      }}
    >
      <p className={styles.removalTitle}>
        <WarningFilled className={styles.warns} aria-hidden /> {t('removal.title', { what: asked.what })}
      </p>
      <p>{t('removal.breaks', { count: asked.breakages.length })}</p>
      <UsageList
        label={t('removal.breaks', { count: asked.breakages.length })}
        onLeave={() => {}}
        lines={asked.breakages.map(({ address, file, element, problem, text }) => ({
          address,
          file,
          pointer: problem.path.slice(file.length + 1),
          text: `${placeName(documents, splitAddress(element), locale)}: ${text}`,
        }))}
      />
      {asked.forgotten > 0 && <p>{t('removal.forgotten', { count: asked.forgotten })}</p>}
      <p className={styles.hint}>{t('removal.way')}</p>
      <div className={styles.row}>
        <Button danger type="primary" onClick={removal.confirm}>
          {t('removal.confirm')}
        </Button>
        <Button onClick={removal.cancel}>{t('removal.cancel')}</Button>
      </div>
    </div>
  )
}
