import {
  type ApplicablePolicy,
  applicablePolicy,
  type Calendar,
  type CalendarDefinition,
  type Condition,
  calendarFrom,
  conditionReads,
  endOfTime,
  everyMinute,
  type Facts,
  formatInstant,
  isObject,
  linkPath,
  type PolicyDefinition,
} from '@tenon/engine'
import { formatDayText, formatMomentFull, formatWorkingTime, serverNow, useUi } from '@tenon/runtime/ui'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { type DraftApp, useScopeForm } from '../../panels/draft-app.ts'
import { momentOfWall, useDraftApp, wallText } from '../../panels/index.ts'
import frame from '../frame/split-bench.module.css'
import { GivenFields } from '../sample/GivenFields.tsx'
import { type Given, givenRecord } from '../sample/given-record.ts'
import { countedDays } from './counted-days.ts'
import styles from './policy.module.css'

type Clock = ApplicablePolicy['clocks'][number]
type Answer =
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'other'; readonly policy: string | undefined }
  | { readonly kind: 'applies'; readonly clocks: readonly Clock[]; readonly first: string | undefined }

/** “A request of this kind, opened then, is due at …”: by the draft's own calendar, explained day by day. */
export function TryPolicy({ policy }: { policy: PolicyDefinition }) {
  const { t } = useTranslation('policy')
  const { zone, locale } = useUi()
  const app = useDraftApp()
  const form = useScopeForm(policy.form)
  const [given, setGiven] = useState<Given>({})
  const [opened, setOpened] = useState(() => wallText(zone, serverNow()))
  const at = momentOfWall(zone, opened)
  const paths = useMemo(() => readsOf(policy, app), [policy, app])
  const answer = useMemo((): Answer => {
    if (!form || at === undefined) return { kind: 'unfinished' }
    const { record, linked } = givenRecord(given, form)
    const facts: Facts = { now: at, zone, record: { ...record, created_at: formatInstant(at) }, linked }
    try {
      const own = applicablePolicy({ policies: [policy] }, form, app.lookup, facts)
      const first = applicablePolicy({ policies: policiesIn(app) }, form, app.lookup, facts)?.id
      return own ? { kind: 'applies', clocks: own.clocks, first } : { kind: 'other', policy: first }
    } catch {
      // A condition that is not written whole yet; the problems of the draft say which.
      return { kind: 'unfinished' }
    }
  }, [policy, form, app, given, at, zone])
  const nameOf = (id: string) => labelOf(app.documents[`policies/${id}.json`], locale, id)
  return (
    <div className={frame.pane}>
      <p className={frame.hint}>{t('try.hint')}</p>
      <label className={frame.field}>
        {t('try.opened')}
        <input
          type="datetime-local"
          className={frame.input}
          value={opened}
          onChange={({ target }) => setOpened(target.value)}
        />
      </label>
      {form && <GivenFields form={form} paths={paths} given={given} onChange={setGiven} />}
      <div aria-live="polite" className={frame.pane}>
        {answer.kind === 'unfinished' && <p className={frame.hint}>{t('try.unfinished')}</p>}
        {answer.kind === 'other' && (
          <p className={styles.note}>
            {answer.policy === undefined ? t('try.none') : t('try.other', { name: nameOf(answer.policy) })}
          </p>
        )}
        {answer.kind === 'applies' && answer.first !== undefined && answer.first !== policy.id && (
          <p className={styles.note}>{t('try.before', { name: nameOf(answer.first) })}</p>
        )}
        {answer.kind === 'applies' &&
          at !== undefined &&
          answer.clocks.map((clock) => <Due key={clock.definition.id} clock={clock} at={at} />)}
      </div>
    </div>
  )
}

function Due({ clock, at }: { clock: Clock; at: number }) {
  const { t } = useTranslation('policy')
  const { locale } = useUi()
  const app = useDraftApp()
  const { definition, target } = clock
  const id = definition.calendar ?? app.definition?.calendar
  const calendar = useMemo(() => calendarOf(app.documents[`calendars/${id}.json`]), [app.documents, id])
  const zone = zoneOf(app.documents[`calendars/${id}.json`], useUi().zone)
  const due = target === undefined ? undefined : 'until' in target ? target.until : calendar.add(at, target.ms)
  const days = useMemo(
    () => (due === undefined || due >= endOfTime ? [] : countedDays(calendar, at, due, zone)),
    [calendar, at, due, zone],
  )
  return (
    <section className={styles.due} aria-label={labelOf(definition, locale)}>
      <h3 className={styles.dueName}>{labelOf(definition, locale)}</h3>
      {!clock.starts && <p className={frame.hint}>{t('try.startsLater')}</p>}
      <p className={styles.dueAt}>
        {due === undefined
          ? t('try.noTarget')
          : due >= endOfTime
            ? t('try.never')
            : t('try.due', { moment: formatMomentFull(due, { locale, zone }) })}
      </p>
      {days.length > 0 && target !== undefined && 'ms' in target && (
        <details>
          <summary>{t('try.explain', { time: formatWorkingTime(target.ms, locale) })}</summary>
          <div className={frame.scroll}>
            <table className={frame.table}>
              <thead>
                <tr>
                  <th scope="col">{t('try.day')}</th>
                  <th scope="col">{t('try.counted')}</th>
                  <th scope="col">{t('try.total')}</th>
                </tr>
              </thead>
              <tbody>
                {days.map((day) => (
                  <tr key={day.day}>
                    <th scope="row">{formatDayText(day.day, locale)}</th>
                    <td>
                      {day.stretches.length === 0
                        ? t('try.free')
                        : day.stretches.map((one) => (
                            <div key={one.from}>
                              {timeText(zone, one.from)}–{timeText(zone, one.to)}
                            </div>
                          ))}
                    </td>
                    <td>{formatWorkingTime(day.totalMs, locale)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </section>
  )
}

const timeText = (zone: string, at: number) => wallText(zone, at).slice(11)

/** A calendar that is not whole yet counts every minute, as one that is not there. */
function calendarOf(document: unknown): Calendar {
  try {
    return isObject(document) ? calendarFrom(document as unknown as CalendarDefinition) : everyMinute
  } catch {
    return everyMinute
  }
}
const zoneOf = (calendar: unknown, otherwise: string): string =>
  isObject(calendar) && typeof calendar.zone === 'string' ? calendar.zone : otherwise

const policiesIn = ({ documents }: DraftApp): readonly PolicyDefinition[] =>
  Object.entries(documents).flatMap(([path, document]) =>
    path.startsWith('policies/') && isObject(document) ? [document as unknown as PolicyDefinition] : [],
  )

/** The fields of the record that decide which target applies. */
function readsOf(policy: PolicyDefinition, app: DraftApp): readonly string[] {
  const form = app.lookup(policy.form)
  const targets = (policy.clocks ?? []).flatMap((clock) => clock.targets ?? [])
  const conditions = [policy.when, ...targets.map(({ when }) => when)].flatMap((one) => (one ? [one as Condition] : []))
  try {
    const read = conditions.flatMap((one) => conditionReads(one, form, app.lookup))
    const paths = read
      .filter(({ fact, path }) => fact === 'record' && path.length > 0)
      .map(({ path }) => linkPath(path, form, app.lookup).join('.'))
    return [...new Set([...paths, ...targets.flatMap(({ until }) => until ?? [])])]
  } catch {
    return []
  }
}
