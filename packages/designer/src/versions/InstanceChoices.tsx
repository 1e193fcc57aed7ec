import type { InstanceChoice, InstancePlan, InstanceStanding } from '@tenon/runtime/contract'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './publish.module.css'

type Props = {
  readonly plan: InstancePlan
  readonly choices: readonly InstanceChoice[]
  readonly onChange: (choices: readonly InstanceChoice[]) => void
  /** What is gone over to is an older version, so that nothing of it is called new. */
  readonly back?: boolean
}

const isFor = (standing: InstanceStanding) => (choice: InstanceChoice) =>
  choice.flow === standing.flow && choice.node === standing.node

/** What becomes of running instances, by the node they stand at: finish as they are, move, or wait for a decision. */
export function InstanceChoices({ plan, choices, onChange, back = false }: Props) {
  const { t } = useTranslation('designer')
  const words = back ? 'instances.back' : 'instances'
  const choose = (standing: InstanceStanding, next: Omit<InstanceChoice, 'flow' | 'node'>) =>
    onChange([
      ...choices.filter((choice) => !isFor(standing)(choice)),
      { flow: standing.flow, node: standing.node, ...next },
    ])
  return (
    <>
      <table className={styles.standings}>
        <thead>
          <tr>
            <th>{t('instances.node')}</th>
            <th className={styles.number}>{t('instances.count')}</th>
            <th>{t('instances.choice')}</th>
            <th>{t('instances.target')}</th>
          </tr>
        </thead>
        <tbody>
          {plan.standings.map((standing) => {
            const choice = choices.find(isFor(standing))
            return (
              <tr key={`${standing.flow}/${standing.node}/${standing.version}`}>
                <td>
                  {standing.nodeLabel}
                  <span className={styles.flow}>{standing.flowLabel}</span>
                </td>
                <td className={styles.number}>{standing.count}</td>
                <td>
                  <Select
                    size="small"
                    className={styles.choice ?? ''}
                    aria-label={`${standing.nodeLabel}: ${t('instances.choice')}`}
                    value={choice?.choice ?? 'keep'}
                    options={(['keep', 'move', 'park'] as const).map((value) => ({
                      value,
                      label: t(`${words}.${value}`),
                    }))}
                    onChange={(value) => choose(standing, { choice: value })}
                  />
                  {choice?.choice === 'move' && standing.blocked.length > 0 && (
                    <details className={styles.blocked}>
                      <summary>{t('instances.blocked', { count: standing.count - standing.movable })}</summary>
                      {standing.blocked.map(({ message }) => (
                        <div key={message}>{message}</div>
                      ))}
                    </details>
                  )}
                </td>
                <td>
                  {choice?.choice === 'move' && (
                    <Select
                      size="small"
                      allowClear
                      className={styles.choice ?? ''}
                      aria-label={`${standing.nodeLabel}: ${t('instances.target')}`}
                      placeholder={t('instances.same')}
                      value={choice.to ?? null}
                      options={standing.targets.map(({ node, label }) => ({ value: node, label }))}
                      onChange={(to) => choose(standing, { choice: 'move', ...(to ? { to } : {}) })}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className={styles.nothing}>{t(`${words}.outcome`, { ...plan.outcome })}</p>
    </>
  )
}
