import { useQuery } from '@tanstack/react-query'
import type { PublishPlan } from '@tenon/runtime/contract'
import { client, Failed, usePreferences, Waiting } from '@tenon/runtime/page'
import { formatMoment, useUi } from '@tenon/runtime/ui'
import { Checkbox } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { elementNames } from '../running/element-names.ts'
import styles from './publish.module.css'

type Props = {
  readonly plan: PublishPlan
  readonly chosen: boolean
  readonly onChoose: (chosen: boolean) => void
}
const policyOf = /^policies\/(.+)\.json$/

/** Policies whose open clocks could be counted again: the changed ones; of a changed calendar all. */
export function policiesToRecalculate(plan: PublishPlan | undefined, paths: readonly string[]): readonly string[] {
  const changed = (plan?.changedFiles ?? []).filter(({ change }) => change === 'changed').map(({ path }) => path)
  const meant = changed.some((path) => path.startsWith('calendars/')) ? paths : changed
  return meant.flatMap((path) => policyOf.exec(path)?.[1] ?? [])
}

/** Whether clocks that run now are counted again by what is published, and what that would make of them. */
export function ClockChoice({ plan, chosen, onChoose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const ui = useUi()
  const session = useDraftSession()
  const { documents, revision } = useDraft()
  const policies = useMemo(() => policiesToRecalculate(plan, Object.keys(documents)), [plan, documents])
  const answer = useQuery({
    queryKey: ['design-recalculation', session.app, session.name, revision, policies],
    queryFn: () => client.design.recalculation(session.app, { draft: session.name, recalculate: [...policies] }),
    enabled: policies.length > 0,
    staleTime: 0,
  })
  if (policies.length === 0) return null
  const now = Date.now()
  const due = (moment: string | null) =>
    moment === null ? t('clocks.paused') : formatMoment(Date.parse(moment), now, ui)
  return (
    <section>
      <h3 className={styles.heading}>{t('clocks.title')}</h3>
      {answer.isPending && <Waiting rows={1} />}
      {answer.error && <Failed error={answer.error} />}
      {answer.data?.clocks === 0 && <p className={styles.nothing}>{t('clocks.none')}</p>}
      {answer.data && answer.data.clocks > 0 && (
        <>
          <Checkbox checked={chosen} onChange={(event) => onChoose(event.target.checked)}>
            {t('clocks.choose', { count: answer.data.clocks })}
          </Checkbox>
          <details className={styles.values}>
            <summary>{t('clocks.look')}</summary>
            <table className={styles.standings}>
              <thead>
                <tr>
                  <th>{t('clocks.record')}</th>
                  <th>{t('clocks.clock')}</th>
                  <th>{t('clocks.before')}</th>
                  <th>{t('clocks.after')}</th>
                </tr>
              </thead>
              <tbody>
                {answer.data.items.map((item) => (
                  <tr key={`${item.record}${item.policy}${item.clock}`}>
                    <td>{item.title}</td>
                    <td>{elementNames(documents, item.form, locale).clock(item.clock)}</td>
                    <td>{due(item.dueBefore)}</td>
                    <td>{due(item.dueAfter)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  )
}
