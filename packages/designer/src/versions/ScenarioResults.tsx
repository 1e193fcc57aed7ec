import { useQuery } from '@tanstack/react-query'
import { client, Failed, usePreferences, Waiting } from '@tenon/runtime/page'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { useGoTo } from '../shell/go-to.ts'
import styles from './publish.module.css'

/** The scenarios of the draft, played: how many hold, and which do not, each with the way there. */
export function ScenarioResults({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const { documents, revision } = useDraft()
  const goTo = useGoTo()
  const isThere = Object.keys(documents).some((path) => path.startsWith('scenarios/'))
  const run = useQuery({
    queryKey: ['design-scenarios', session.app, session.name, revision, locale],
    queryFn: () => client.design.runScenarios(session.app, { draft: session.name }),
    enabled: isThere,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!isThere) return null
  const failed = run.data?.items.filter(({ result }) => result === 'failed') ?? []
  return (
    <section>
      <h3 className={styles.heading}>{t('scenarios.title')}</h3>
      {run.isPending && <Waiting rows={1} />}
      {run.error && <Failed error={run.error} retry={() => void run.refetch()} />}
      {run.data && <p className={styles.nothing}>{t('scenarios.passed', { count: run.data.passed })}</p>}
      {failed.length > 0 && (
        <ul className={styles.steps}>
          {failed.map(({ id, details }) => (
            <li key={id}>
              <Button
                type="link"
                size="small"
                onClick={() => {
                  goTo(`scenarios/${id}.json`)
                  onLeave()
                }}
              >
                {t('scenarios.failed', { name: labelOf(documents[`scenarios/${id}.json`], locale, id) })}
              </Button>
              <ul className={styles.lines}>
                {details.slice(0, 3).map(({ step, message }) => (
                  <li key={`${step} ${message}`}>{message}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
