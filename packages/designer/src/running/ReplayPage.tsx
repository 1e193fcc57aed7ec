import { useMutation, useQuery } from '@tanstack/react-query'
import { isObject } from '@tenon/engine'
import type { ReplayAnswer } from '@tenon/runtime/contract'
import { client, Failed, Nothing, usePreferences } from '@tenon/runtime/page'
import { Button, Select, Spin } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { useAppModel } from '../draft/use-app-model.ts'
import { Difference } from './Difference.tsx'
import { elementNames } from './element-names.ts'
import styles from './running.module.css'

const sizes = [20, 50, 100, 200, 500]

/** What people did with the newest records, played once more under the draft: what would have gone differently. */
export default function ReplayPage() {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const { documents, liveVersion } = useDraft()
  const forms = useMemo(() => formsWithFlow(documents, locale), [documents, locale])
  const [chosen, setForm] = useState<string>()
  const [limit, setLimit] = useState(50)
  const form = chosen ?? forms[0]?.value
  const play = useMutation({
    async mutationFn() {
      await session.settled()
      return client.design.replay(session.app, { form: form ?? '', limit, draft: session.name })
    },
  })
  if (liveVersion === 0 || forms.length === 0)
    return (
      <div className={styles.page}>
        <h1 className={styles.title}>{t('replay.title')}</h1>
        <Nothing title={t('replay.nothing')} hint={t('replay.nothingHint')} />
      </div>
    )
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('replay.title')}</h1>
      <p className={styles.hint}>{t('replay.hint')}</p>
      <div className={styles.controls}>
        <Select
          className={styles.form ?? ''}
          aria-label={t('replay.form')}
          value={form ?? null}
          options={forms}
          onChange={(chosen) => {
            // What was played was of the other form.
            play.reset()
            setForm(chosen)
          }}
        />
        <Select
          aria-label={t('replay.limit')}
          value={limit}
          options={sizes.map((value) => ({ value, label: t('replay.newest', { count: value }) }))}
          onChange={setLimit}
        />
        <Button type="primary" loading={play.isPending} onClick={() => play.mutate()}>
          {t('replay.run')}
        </Button>
      </div>
      {play.isIdle && <Nothing title={t('replay.ready')} hint={t('replay.readyHint')} />}
      {play.isPending && (
        <p role="status">
          <Spin size="small" /> {t('replay.playing')}
        </p>
      )}
      {play.error && <Failed error={play.error} retry={() => play.mutate()} />}
      {play.data && form !== undefined && !play.isPending && <Answer answer={play.data} form={form} />}
    </div>
  )
}

function Answer({ answer, form }: { answer: ReplayAnswer; form: string }) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const { app } = useDraftSession()
  const { documents } = useDraft()
  const names = useMemo(() => elementNames(documents, form, locale), [documents, form, locale])
  const model = useAppModel()?.forms.get(form)
  const people = useQuery({ queryKey: ['people', 'all'], queryFn: () => client.people({ size: 200 }) })
  const person = (username: string | null) =>
    username === null
      ? t('replay.nobody')
      : (people.data?.items.find((one) => one.username === username)?.name ?? username)
  if (answer.records === 0) return <Nothing title={t('replay.noRecords')} />
  const skipped = answer.notReplayed.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <p className={styles.summary} role="status">
        {t(answer.differing === 0 ? 'replay.same' : 'replay.differing', {
          records: answer.records,
          differing: answer.differing,
        })}
      </p>
      {skipped > 0 && <p className={styles.meta}>{t('replay.skipped', { count: skipped })}</p>}
      <ul className={styles.list} aria-label={t('replay.differences')}>
        {answer.differences.map((difference) => (
          <li key={difference.record} className={styles.card}>
            <div className={styles.head}>
              <a href={`/a/${app}/f/${form}/${difference.record}`}>
                <strong>{difference.title}</strong>
              </a>
              {!difference.faithful && <span className={styles.meta}>{t('replay.unfaithful')}</span>}
            </div>
            <Difference difference={difference} form={model} names={names} person={person} />
          </li>
        ))}
      </ul>
    </>
  )
}

function formsWithFlow(documents: { readonly [path: string]: unknown }, locale: 'zh-CN' | 'en') {
  const bound = Object.entries(documents).flatMap(([path, flow]) =>
    path.startsWith('flows/') && isObject(flow) && typeof flow.form === 'string' ? [flow.form] : [],
  )
  return [...new Set(bound)]
    .map((value) => ({ value, label: labelOf(documents[`forms/${value}.json`], locale, value) }))
    .sort((one, other) => one.label.localeCompare(other.label, locale))
}
