import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { resolveText, type Tone } from '@tenon/engine'
import { Button, Select, Table, type TableColumnType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleRunView } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { TonePill } from '../../ui/show/TonePill.tsx'
import { useApps } from '../shell/apps.ts'
import { client } from '../shell/client.ts'
import { places } from '../shell/places.ts'
import { usePreferences } from '../shell/preferences.ts'
import { Failed, Nothing, Waiting } from '../shell/states.tsx'
import { WhyTree } from '../staff/alerts/WhyTree.tsx'
import { AdminPage } from './AdminPage.tsx'
import styles from './admin.module.css'

const tones: { readonly [O in RuleRunView['outcome']]: Tone } = {
  fired: 'success',
  notMet: 'neutral',
  standing: 'info',
  coolDown: 'info',
}
const outcomes = ['fired', 'notMet', 'standing', 'coolDown'] as const

/** Which rules acted, which did not, and why: each condition with the value it had. */
export default function RuleRunsPage() {
  const { t } = useTranslation(['staff', 'admin'])
  const { locale } = usePreferences()
  const { apps } = useApps()
  const [app = apps[0]?.id ?? '', setApp] = useState<string>()
  const [rule, setRule] = useState<string>()
  const [outcome, setOutcome] = useState<RuleRunView['outcome']>()
  const [before, setBefore] = useState<string>()
  const rules = useQuery({ queryKey: ['rules', app], queryFn: () => client.alerts.rules(app), enabled: app !== '' })
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['ruleRuns', app, rule, outcome, before],
    queryFn: () =>
      client.alerts.runs(app, {
        ...(rule === undefined ? {} : { rule }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(before === undefined ? {} : { before }),
      }),
    enabled: app !== '',
  })
  const columns: TableColumnType<RuleRunView>[] = [
    { key: 'at', title: t('runs.at'), width: 150, render: (_, row) => <Moment at={row.at} /> },
    { key: 'rule', title: t('runs.rule'), render: (_, row) => resolveText(row.rule.label, locale) },
    { key: 'event', title: t('runs.event'), width: 130, render: (_, row) => t(`runs.events.${row.event}`) },
    {
      key: 'record',
      title: t('runs.record'),
      render: (_, row) =>
        row.record ? <Link to={places.record(app, row.record.form, row.record.id)}>{row.record.title}</Link> : '–',
    },
    {
      key: 'outcome',
      title: t('runs.outcome'),
      width: 130,
      render: (_, row) => <TonePill tone={tones[row.outcome]}>{t(`runs.outcomes.${row.outcome}`)}</TonePill>,
    },
  ]
  return (
    <AdminPage
      title={t('runs.title')}
      hint={t('runs.hint')}
      actions={
        <>
          <Select
            aria-label={t('runs.app')}
            value={app}
            onChange={(value) => {
              setApp(value)
              setRule(undefined)
              setBefore(undefined)
            }}
            options={apps.map(({ id, label }) => ({ value: id, label: resolveText(label, locale) }))}
            style={{ minWidth: 120 }}
          />
          <Select
            allowClear
            aria-label={t('runs.rule')}
            placeholder={t('runs.rule')}
            value={rule ?? null}
            onChange={(value) => {
              setRule(value ?? undefined)
              setBefore(undefined)
            }}
            options={(rules.data?.items ?? []).map(({ id, label }) => ({
              value: id as string | null,
              label: resolveText(label, locale),
            }))}
            style={{ minWidth: 180 }}
          />
          <Select
            allowClear
            aria-label={t('runs.outcome')}
            placeholder={t('runs.outcome')}
            value={outcome ?? null}
            onChange={(value) => {
              setOutcome(value ?? undefined)
              setBefore(undefined)
            }}
            options={outcomes.map((value) => ({
              value: value as RuleRunView['outcome'] | null,
              label: t(`runs.outcomes.${value}`),
            }))}
            style={{ minWidth: 130 }}
          />
        </>
      }
    >
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : isPending ? (
        <Waiting />
      ) : data.items.length === 0 ? (
        <Nothing title={t('runs.none')} hint={t('runs.noneHint')} />
      ) : (
        <>
          <Table
            rowKey="id"
            size="small"
            columns={columns}
            dataSource={data.items}
            pagination={false}
            scroll={{ x: 720 }}
            expandable={{ expandedRowRender: (row) => <WhyTree lines={row.why} /> }}
          />
          {data.nextBefore && (
            <p className={styles.hint}>
              <Button type="link" onClick={() => setBefore(data.nextBefore ?? undefined)}>
                {t('runs.older')}
              </Button>
            </p>
          )}
        </>
      )}
    </AdminPage>
  )
}
