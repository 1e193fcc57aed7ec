import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resolveText, type Tone } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { AlertParameters, AlertView, RefView } from '../../../contract/index.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import styles from './alerts.module.css'

export const severityTones: { readonly [S in AlertView['severity']]: Tone } = {
  info: 'info',
  warning: 'warning',
  critical: 'danger',
}
export const stateTones: { readonly [S in AlertView['state']]: Tone } = {
  open: 'danger',
  acknowledged: 'info',
  closed: 'neutral',
  ended: 'success',
}

export const useAlerts = (query: AlertParameters) =>
  useQuery({ queryKey: ['alerts', query], queryFn: ({ signal }) => client.alerts.list(query, signal) })

/** Alerts in lines: how bad, what, with whom, since when. */
export function AlertList({ query }: { query: AlertParameters }) {
  const { t } = useTranslation('staff')
  const { data, error, isPending, refetch } = useAlerts(query)
  if (isPending) return <Waiting rows={4} />
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (data.items.length === 0) return <Nothing title={t('alerts.none')} hint={t('alerts.noneHint')} />
  return (
    <ul className={styles.list}>
      {data.items.map((alert) => (
        <li key={alert.id}>
          <AlertRow alert={alert} refs={data.refs} />
        </li>
      ))}
    </ul>
  )
}

function AlertRow({ alert, refs }: { alert: AlertView; refs: { readonly [id: string]: RefView } }) {
  const { t } = useTranslation('staff')
  const { locale } = usePreferences()
  const owner = alert.owner === null ? undefined : refs[alert.owner]
  return (
    <Link to={places.alert(alert.id)} className={styles.row}>
      <span>
        <TonePill tone={severityTones[alert.severity]}>{t(`alerts.severity.${alert.severity}`)}</TonePill>
      </span>
      <span className={styles.name}>
        {resolveText(alert.title, locale)}
        <span className={`${styles.quiet} ${styles.narrow}`}>
          <Moment at={alert.raisedAt} />
        </span>
      </span>
      <span className={`${styles.quiet} ${styles.wide}`}>
        {owner?.kind === 'user' ? owner.name : t('alerts.nobody')}
      </span>
      <span className={`${styles.quiet} ${styles.wide}`}>
        <Moment at={alert.raisedAt} />
      </span>
      <span>
        <TonePill tone={stateTones[alert.state]}>{t(`alerts.state.${alert.state}`)}</TonePill>
      </span>
    </Link>
  )
}
