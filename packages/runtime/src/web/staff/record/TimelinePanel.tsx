import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { FormModel } from '@tenon/engine'
import { Button, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppView, RecordView } from '../../../contract/index.ts'
import { type Refs, RefsProvider } from '../../../ui/environment.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { client } from '../../shell/client.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { Composer } from './Composer.tsx'
import styles from './record.module.css'
import { Entry } from './TimelineEntry.tsx'
import { gathered, isShown, type TimelineFilter, tellsOnly, timelineFilters } from './timeline-kind.ts'

type Props = { readonly view: AppView; readonly form: FormModel; readonly record: RecordView }

/** Everything that happened to a record, newest first, and the place to say something. */
export function TimelinePanel({ view, form, record }: Props) {
  const { t } = useTranslation('staff')
  const [filter, setFilter] = useState<TimelineFilter>('all')
  const timeline = useInfiniteQuery({
    queryKey: ['timeline', record.id],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) => client.records.timeline(record.app, record.form, record.id, pageParam),
    getNextPageParam: (page) => page.nextBefore,
  })
  // Labels of outcomes come with the tasks that had them.
  const done = useQuery({
    queryKey: ['tasks', 'record', record.id, 'completed'],
    queryFn: () => client.tasks.list({ record: record.id, state: 'completed', size: 200 }),
  })
  const outcomes = useMemo(() => new Map((done.data?.items ?? []).map((task) => [task.id, task.outcomes])), [done.data])
  const pages = timeline.data?.pages
  const refs = useMemo(() => Object.assign({}, ...(pages ?? []).map((page) => page.refs)) as Refs, [pages])
  const entries = useMemo(
    () => (pages ?? []).flatMap(({ items }) => items).sort((a, b) => b.at.localeCompare(a.at) || b.seq - a.seq),
    [pages],
  )
  const raised = entries.some(({ type }) => type.startsWith('alert.'))
  const alertPage = useQuery({
    queryKey: ['alerts', 'record', record.id],
    queryFn: () => client.alerts.list({ record: record.id, size: 100 }),
    enabled: raised,
  })
  const alerts = useMemo(() => new Map((alertPage.data?.items ?? []).map((one) => [one.id, one])), [alertPage.data])
  const shown = gathered(entries.filter((entry) => isShown(entry, filter) && !tellsOnly(entry, form.stageField)))
  return (
    <div className={styles.timeline}>
      <div className={styles.timelineHead}>
        <h2 className={styles.cardTitle}>{t('record.timeline')}</h2>
        <Segmented
          size="small"
          value={filter}
          options={timelineFilters.map((value) => ({ value, label: t(`timeline.filter.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      {record.can.includes('comment') && <Composer record={record} />}
      {timeline.isPending && <Waiting rows={5} />}
      {timeline.error && <Failed error={timeline.error} retry={() => void timeline.refetch()} />}
      <RefsProvider refs={refs}>
        <ShownFormProvider form={form}>
          <ol className={styles.entries}>
            {shown.map(({ entry, people }) => (
              <Entry
                key={entry.id}
                record={record.id}
                entry={entry}
                people={people}
                view={view}
                form={form}
                outcomes={outcomes}
                alerts={alerts}
              />
            ))}
          </ol>
        </ShownFormProvider>
      </RefsProvider>
      {timeline.data && shown.length === 0 && <Nothing title={t(`timeline.empty.${filter}`)} />}
      {timeline.hasNextPage && (
        <Button type="text" block loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
    </div>
  )
}
