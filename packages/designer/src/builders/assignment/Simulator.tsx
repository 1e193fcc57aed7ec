import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  type AssignmentDefinition,
  type Condition,
  compileFormula,
  conditionReads,
  explainWhyNot,
  type FormModel,
} from '@tenon/engine'
import type { AssignmentTried } from '@tenon/runtime/contract'
import { client, Failed, Nothing, Waiting } from '@tenon/runtime/page'
import { Person, type Refs, RefsProvider, RemoteSelect, TonePill, useUi } from '@tenon/runtime/ui'
import { Segmented, Select } from 'antd'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { useScopeForm } from '../../panels/draft-app.ts'
import { useDraftApp } from '../../panels/index.ts'
import frame from '../frame/split-bench.module.css'
import { GivenFields } from '../sample/GivenFields.tsx'
import type { Given } from '../sample/given-record.ts'
import styles from './assignment.module.css'

type Props = {
  readonly strategy: AssignmentDefinition
  readonly forms: readonly string[]
  readonly form: string | undefined
  readonly onForm: (form: string) => void
}

/** Who would get a record now, everybody in order with the parts of their score, and why not somebody else. */
export function Simulator({ strategy, forms, form: name, onForm }: Props) {
  const { t } = useTranslation('assignment')
  const { locale, searchRecords } = useUi()
  const app = useDraftApp()
  const session = useDraftSession()
  const form = useScopeForm(name)
  const [way, setWay] = useState<'record' | 'sample'>('record')
  const [record, setRecord] = useState<string | null>(null)
  const [given, setGiven] = useState<Given>({})
  const search = useCallback((q: string) => searchRecords(name ?? '', q), [searchRecords, name])
  const about = way === 'record' ? (record === null ? undefined : { record }) : { values: given }
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['assignment-try', session.app, session.name, name, about, strategy],
    queryFn: async () => {
      await session.settled()
      return client.design.tryAssignment(session.app, {
        draft: session.name,
        strategy: strategy.id,
        form: name ?? '',
        ...(about as object),
      })
    },
    enabled: about !== undefined && name !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  })
  return (
    <div className={frame.pane}>
      <h2 className={frame.word}>{t('simulator')}</h2>
      <p className={frame.hint}>{t('simulatorHint')}</p>
      {forms.length > 1 && (
        <Select
          aria-label={t('form')}
          value={name ?? null}
          options={forms.map((one) => ({
            value: one,
            label: labelOf(app.documents[`forms/${one}.json`], locale, one),
          }))}
          onChange={(next) => {
            setRecord(null)
            setGiven({})
            if (next) onForm(next)
          }}
        />
      )}
      <Segmented
        block
        aria-label={t('way.label')}
        value={way}
        options={[
          { value: 'record', label: t('way.record') },
          { value: 'sample', label: t('way.sample') },
        ]}
        onChange={(next) => setWay(next as 'record' | 'sample')}
      />
      {way === 'record' ? (
        <RemoteSelect
          id="assignment-try-record"
          ariaLabel={t('chooseRecord')}
          value={record}
          onChange={setRecord}
          search={search}
          labelOf={(ref) => (ref.kind === 'record' ? ref.title : '')}
          placeholder={t('chooseRecord')}
        />
      ) : (
        form && (
          <GivenFields form={form} paths={readsOf(strategy, form, app.lookup)} given={given} onChange={setGiven} />
        )
      )}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {isFetching && !data && <Waiting rows={3} />}
      {!error && data && about !== undefined && <Ranking tried={data} strategy={strategy} />}
    </div>
  )
}

function Ranking({ tried, strategy }: { tried: AssignmentTried; strategy: AssignmentDefinition }) {
  const { t } = useTranslation('assignment')
  const { locale } = useUi()
  const refs = tried.refs as Refs
  const nameOf = (id: string) => {
    const ref = refs[id]
    return ref?.kind === 'user' ? ref.name : t('somebody')
  }
  const filterName = (id: string) =>
    labelOf(
      strategy.filter.find((one) => one.id === id),
      locale,
    ) || t(`always.${id}`)
  const scoreName = (id: string) =>
    labelOf(
      strategy.score.find((one) => one.id === id),
      locale,
      id,
    )
  if (tried.candidates.length === 0 && tried.chosen === null && tried.fallback.length === 0)
    return <Nothing title={t('emptyPool')} hint={t('emptyPoolHint')} />
  return (
    <RefsProvider refs={refs}>
      <p className={styles.verdict} role="status">
        {tried.chosen !== null
          ? t('goesTo', { name: nameOf(tried.chosen) })
          : tried.fallback.length > 0
            ? t('fallsTo', { names: tried.fallback.map(nameOf).join(t('comma')) })
            : t('goesNowhere')}
      </p>
      <ol className={styles.ranking}>
        {tried.candidates.map((one, place) => (
          <li key={one.user} className={styles.candidate} data-chosen={one.user === tried.chosen}>
            <div className={styles.person}>
              <span className={styles.place}>{one.failed.length > 0 ? '–' : place + 1}</span>
              <Person id={one.user} />
              {one.user === tried.chosen && <TonePill tone="success">{t('chosen')}</TonePill>}
              <span className={styles.total}>
                {one.failed.length > 0 ? t('out') : t('total', { total: rounded(one.total) })}
              </span>
            </div>
            <div className={styles.parts}>
              {one.failed.map((id) => (
                <TonePill key={id} tone="danger">
                  {t('failed', { name: filterName(id) })}
                </TonePill>
              ))}
              {one.scores.map((part) => (
                <span key={part.id}>
                  {t('part', {
                    name: scoreName(part.id),
                    value: rounded(part.value),
                    weight: strategy.score.find(({ id }) => id === part.id)?.weight ?? 0,
                    weighted: rounded(part.weighted),
                  })}
                </span>
              ))}
              <span className={frame.quiet}>{t('load', { open: one.openTasks, capacity: one.capacity })}</span>
            </div>
            {one.user !== tried.chosen && (
              <details className={styles.why}>
                <summary>{t('whyNot', { name: nameOf(one.user) })}</summary>
                <WhyNot tried={tried} user={one.user} nameOf={nameOf} filterName={filterName} scoreName={scoreName} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </RefsProvider>
  )
}

type WhyNotProps = {
  readonly tried: AssignmentTried
  readonly user: string
  readonly nameOf: (id: string) => string
  readonly filterName: (id: string) => string
  readonly scoreName: (id: string) => string
}

function WhyNot({ tried, user, nameOf, filterName, scoreName }: WhyNotProps) {
  const { t } = useTranslation('assignment')
  const why = explainWhyNot(tried, user)
  if (why.kind === 'filtered') return <p>{t('why.filtered', { names: why.failed.map(filterName).join(t('comma')) })}</p>
  if (why.kind === 'tie') return <p>{t('why.tie', { name: nameOf(why.with) })}</p>
  if (why.kind === 'outscored')
    return (
      <>
        <p>{t('why.outscored', { name: nameOf(why.by), difference: rounded(why.difference) })}</p>
        <ul>
          {why.parts.map((part) => (
            <li key={part.id}>
              {t('why.part', { name: scoreName(part.id), own: rounded(part.own), chosen: rounded(part.chosen) })}
            </li>
          ))}
        </ul>
      </>
    )
  return <p>{t('why.nobody')}</p>
}

const rounded = (value: number) => Math.round(value * 100) / 100

/** Fields of the record that filters and scores look at: those a thought-of record needs. */
function readsOf(
  { filter = [], score = [] }: AssignmentDefinition,
  form: FormModel,
  lookup: ReturnType<typeof useDraftApp>['lookup'],
): readonly string[] {
  try {
    const conditions = filter.flatMap(({ must }) => conditionReads(must as Condition, form, lookup))
    const formulas = score.flatMap(({ value }) => {
      const compiled = value === undefined ? undefined : compileFormula(value, { form, lookup })
      return compiled?.ok ? compiled.value.reads : []
    })
    const own = [...conditions, ...formulas].flatMap(({ fact, path }) => (fact === 'record' ? (path[0] ?? []) : []))
    return [...new Set(own)].filter((id) => {
      const field = form.fields.get(id)
      // What a lookup shows comes with its link.
      return field?.definition !== undefined && !field.shows
    })
  } catch {
    // A condition that is not written whole yet.
    return []
  }
}
