import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AlertDetail, newKey } from '../../../contract/index.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { useReason } from '../../shell/problems.ts'
import { Failed, Waiting } from '../../shell/states.tsx'
import { severityTones, stateTones } from './AlertList.tsx'
import styles from './alerts.module.css'
import { WhyTree } from './WhyTree.tsx'

const route = getRouteApi('/alerts/$id')

/** One alert: what it says, why it was raised, the records behind it, and what was done about it. */
export default function AlertPage() {
  const { t } = useTranslation('staff')
  const { locale } = usePreferences()
  const { id } = route.useParams()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['alert', id],
    queryFn: () => client.alerts.get(id),
  })
  if (isPending) return <Waiting rows={8} />
  if (error) return <Failed error={error} retry={() => void refetch()} />
  const { alert, description, why, evidence } = data
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div>
          <h1 className={styles.title}>{resolveText(alert.title, locale)}</h1>
          <div className={styles.sub}>
            <TonePill tone={severityTones[alert.severity]}>{t(`alerts.severity.${alert.severity}`)}</TonePill>
            <TonePill tone={stateTones[alert.state]}>{t(`alerts.state.${alert.state}`)}</TonePill>
            <Moment at={alert.raisedAt} />
            <span>{t('alerts.people', { names: namesOf(data) })}</span>
          </div>
        </div>
        <Answers detail={data} />
      </div>
      <Deeds detail={data} />
      <div className={styles.card}>
        <div className={styles.section}>
          <h2>{t('alerts.why', { rule: resolveText(alert.rule.label, locale) })}</h2>
          {description && <p className={styles.quiet}>{resolveText(description, locale)}</p>}
          <WhyTree lines={why} />
          {alert.record && (
            <p className={styles.source}>
              {t('alerts.record')}{' '}
              <Link to={places.record(alert.app, alert.record.form, alert.record.id)}>{alert.record.title}</Link>
            </p>
          )}
        </div>
      </div>
      {evidence
        .filter(({ kept }) => kept > 0)
        .map((one) => (
          <Evidence key={one.metric} id={alert.id} app={alert.app} evidence={one} />
        ))}
    </div>
  )
}

/** What was done about it, by whom and when, in their words. */
function Deeds({ detail: { alert, refs } }: { detail: AlertDetail }) {
  const { t } = useTranslation('staff')
  const deeds = (
    [
      ['acknowledged', alert.acknowledgedAt, alert.acknowledgedBy],
      ['closed', alert.closedAt, alert.closedBy],
      ['cleared', alert.clearedAt, null],
    ] as const
  ).flatMap(([deed, at, by]) => (at === null ? [] : { deed, at, by: by === null ? undefined : refs[by] }))
  if (deeds.length === 0) return null
  return (
    <div className={styles.card}>
      <div className={styles.section}>
        <h2>{t('alerts.handling')}</h2>
        <ul className={styles.deeds}>
          {deeds.map(({ deed, at, by }) => (
            <li key={deed} className={styles.line}>
              <span>
                {t(`alerts.deed.${deed}`, { person: by?.kind === 'user' ? by.name : t('timeline.somebody') })}
              </span>
              <span className={styles.quiet}>
                <Moment at={at} />
              </span>
            </li>
          ))}
        </ul>
        {alert.comment && <p className={styles.source}>{t('alerts.said', { comment: alert.comment })}</p>}
      </div>
    </div>
  )
}

const namesOf = ({ alert, refs }: AlertDetail): string =>
  alert.people
    .flatMap((id) => {
      const person = refs[id]
      return person?.kind === 'user' ? person.name : []
    })
    .join('、') || '–'

type EvidenceProps = {
  readonly id: string
  readonly app: string
  readonly evidence: AlertDetail['evidence'][number]
}

/** The records one figure counted, as far as I may see them. */
function Evidence({ id, app, evidence }: EvidenceProps) {
  const { t } = useTranslation('staff')
  const { locale } = usePreferences()
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['alert', id, evidence.metric],
    queryFn: () => client.alerts.rows(id, evidence.metric),
  })
  return (
    <div className={styles.card}>
      <div className={styles.section}>
        <h2>{t('alerts.evidence', { metric: resolveText(evidence.label, locale), count: evidence.total })}</h2>
        {isPending && <Waiting rows={3} />}
        {error && <Failed error={error} retry={() => void refetch()} />}
        {data && (
          <ul className={styles.why}>
            {data.page.items.map((row) => (
              <li key={row.id} className={styles.line}>
                <Link to={places.record(app, data.form, row.id)}>{row.title}</Link>
                <span className={styles.quiet}>
                  <Moment at={row.created_at} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {data && data.page.items.length < data.kept && <p className={styles.quiet}>{t('alerts.notAll')}</p>}
      </div>
    </div>
  )
}

function Answers({ detail: { alert } }: { detail: AlertDetail }) {
  const { t } = useTranslation(['staff', 'shell'])
  const [asked, setAsked] = useState<'acknowledge' | 'close'>()
  const [comment, setComment] = useState('')
  const { message, notification } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const answer = useMutation({
    mutationFn: (deed: 'acknowledge' | 'close') =>
      client.alerts[deed](alert.id, comment.trim() === '' ? {} : { comment: comment.trim() }, { key: newKey() }),
    onSuccess: (detail, deed) => {
      setAsked(undefined)
      setComment('')
      cache.setQueryData(['alert', alert.id], detail)
      void cache.invalidateQueries({ queryKey: ['alerts'] })
      void message.success(t(`alerts.done.${deed}`))
    },
    onError: (problem) => notification.error({ title: t('alerts.failed'), description: reason(problem) }),
  })
  return (
    <div className={styles.acts}>
      {alert.can.map((deed) => (
        <Button key={deed} type={deed === 'acknowledge' ? 'primary' : 'default'} onClick={() => setAsked(deed)}>
          {t(`alerts.do.${deed}`)}
        </Button>
      ))}
      <Modal
        open={asked !== undefined}
        title={asked && t(`alerts.do.${asked}`)}
        okText={asked && t(`alerts.do.${asked}`)}
        cancelText={t('shell:cancel')}
        confirmLoading={answer.isPending}
        onOk={() => asked && answer.mutate(asked)}
        onCancel={() => setAsked(undefined)}
      >
        <p className={styles.quiet}>{asked && t(`alerts.hint.${asked}`)}</p>
        <Input.TextArea
          rows={3}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          aria-label={t('alerts.comment')}
          placeholder={t('alerts.comment')}
        />
      </Modal>
    </div>
  )
}
