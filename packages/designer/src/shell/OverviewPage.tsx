import { Link, useParams } from '@tanstack/react-router'
import { Nothing, usePreferences } from '@tenon/runtime/page'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { builders } from '../builders/index.tsx'
import { type Kind, kindNames } from '../builders/kinds.ts'
import { useCalmDocuments, useDraftPart } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { useFindings } from '../draft/use-problems.ts'
import { type Entry, useEntries } from './entries.ts'
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
  const entries = useEntries(documents, locale, t('kind.app'))
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{labelOf(documents['app.json'], locale, app)}</h1>
      <p className={styles.line}>{live === 0 ? t('overview.notLive') : t('overview.version', { live, base })}</p>
      {entries.every(({ kind }) => kind !== 'form') && (
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
          .map((kind) => (
            <KindCard key={kind} kind={kind} app={app} entries={entries.filter((entry) => entry.kind === kind)} />
          ))}
      </div>
      <section className={styles.problems}>
        <h2 className={styles.kind}>{t('problems.heading')}</h2>
        <ProblemList {...findings} />
      </section>
    </div>
  )
}

const first = 6

type CardProps = { readonly kind: Kind; readonly app: string; readonly entries: readonly Entry[] }

/** What there is of one kind: the first ones, all on demand. */
function KindCard({ kind, app, entries }: CardProps) {
  const { t } = useTranslation('designer')
  const [isWhole, setWhole] = useState(false)
  const rest = isWhole ? 0 : entries.length - first
  return (
    <section className={styles.card}>
      <h2 className={styles.kind}>
        <span aria-hidden>{builders[kind].icon}</span> {t(`kinds.${kind}`)}
        <span className={styles.count}>{entries.length}</span>
      </h2>
      <p className={styles.hint}>{t(`kindHint.${kind}`)}</p>
      <ul className={styles.links}>
        {(rest > 0 ? entries.slice(0, first) : entries).map(({ id, label }) => (
          <li key={id}>
            <Link to="/$app/$kind/$id" params={{ app, kind, id }} search={(before) => before}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button className={styles.all ?? ''} type="link" size="small" onClick={() => setWhole(true)}>
          {t('overview.more', { count: rest })}
        </Button>
      )}
    </section>
  )
}
