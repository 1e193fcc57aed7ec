import { Link, useParams } from '@tanstack/react-router'
import { Nothing, usePreferences } from '@tenon/runtime/page'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { builders } from '../builders/index.tsx'
import { kindNames, placeOf } from '../builders/kinds.ts'
import { useCalmDocuments, useDraftPart } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { useFindings } from '../draft/use-problems.ts'
import { NewDefinition } from './NewDefinition.tsx'
import styles from './overview.module.css'
import { ProblemList } from './ProblemsButton.tsx'
import { SampleData } from './SampleData.tsx'

/** What the app is made of, and what stands in the way of publishing. */
export default function OverviewPage() {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const { app } = useParams({ from: '/$app' })
  const documents = useCalmDocuments()
  const [base, live] = [useDraftPart((state) => state.baseVersion), useDraftPart((state) => state.liveVersion)]
  const findings = useFindings()
  const [making, setMaking] = useState(false)
  const places = Object.keys(documents).flatMap((path) => {
    const place = placeOf(path)
    return place && place.kind !== 'app' ? [{ ...place, label: labelOf(documents[path], locale, place.id) }] : []
  })
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{labelOf(documents['app.json'], locale, app)}</h1>
      <p className={styles.line}>{live === 0 ? t('overview.notLive') : t('overview.version', { live, base })}</p>
      {places.every(({ kind }) => kind !== 'form') && (
        <Nothing
          title={t('overview.begin')}
          hint={t('overview.beginHint')}
          action={
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('newOf', { kind: t('kind.form') })}
            </Button>
          }
        />
      )}
      <SampleData />
      {making && <NewDefinition kind="form" onClose={() => setMaking(false)} />}
      <div className={styles.grid}>
        {kindNames
          .filter((kind) => kind !== 'app')
          .map((kind) => {
            const own = places.filter((place) => place.kind === kind)
            return (
              <section key={kind} className={styles.card}>
                <h2 className={styles.kind}>
                  <span aria-hidden>{builders[kind].icon}</span> {t(`kinds.${kind}`)}
                  <span className={styles.count}>{own.length}</span>
                </h2>
                <p className={styles.hint}>{t(`kindHint.${kind}`)}</p>
                <ul className={styles.links}>
                  {own.slice(0, 6).map((place) => (
                    <li key={place.id}>
                      <Link to="/$app/$kind/$id" params={{ app, kind, id: place.id }} search={(before) => before}>
                        {place.label}
                      </Link>
                    </li>
                  ))}
                  {own.length > 6 && <li className={styles.more}>{t('overview.more', { count: own.length - 6 })}</li>}
                </ul>
              </section>
            )
          })}
      </div>
      <section className={styles.problems}>
        <h2 className={styles.kind}>{t('problems.heading')}</h2>
        <ProblemList {...findings} />
      </section>
    </div>
  )
}
