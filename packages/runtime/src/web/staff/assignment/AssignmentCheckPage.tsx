import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentCheckAnswer } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { AppEnvironment } from '../../shell/AppEnvironment.tsx'
import { client } from '../../shell/client.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import styles from './assignment.module.css'

const route = getRouteApi('/a/$app/assignment-check')
type Checked = AssignmentCheckAnswer['items'][number]

/** What the assignment strategies of an app leave open: cases for nobody, hours without anybody, skills of one person. */
export default function AssignmentCheckPage() {
  const { app } = route.useParams()
  return (
    <AppEnvironment app={app}>
      <Loaded app={app} />
    </AppEnvironment>
  )
}

function Loaded({ app }: { app: string }) {
  const { t } = useTranslation('staff')
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['assignment-check', app],
    queryFn: () => client.apps.assignmentCheck(app),
  })
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('assignmentCheck.title')}</h1>
      <p className={styles.hint}>{t('assignmentCheck.hint')}</p>
      {isPending ? (
        <Waiting />
      ) : error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data.items.length === 0 ? (
        <Nothing title={t('assignmentCheck.none')} hint={t('assignmentCheck.noneHint')} />
      ) : (
        data.items.map((one) => <Strategy key={`${one.strategy}/${one.form}`} checked={one} />)
      )}
    </div>
  )
}

const isGood = ({ pool, fallback, uncovered, unstaffed, irreplaceable }: Checked): boolean =>
  pool !== 0 && fallback !== 0 && uncovered.length + unstaffed.length + irreplaceable.length === 0

function Strategy({ checked }: { checked: Checked }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const { pool, fallback, combinations, more, uncovered, unstaffed, irreplaceable } = checked
  const form = resolveText(checked.formLabel, locale)
  const label = (path: string, value: string | null) => {
    const choice = checked.choices.find((one) => one.path === path)
    const option = choice?.options.find(({ id }) => id === value)
    const name = value === null ? t('assignmentCheck.blank') : option ? resolveText(option.label, locale) : value
    return t('assignmentCheck.choice', { name: choice ? resolveText(choice.label, locale) : path, value: name })
  }
  const skillName = (skill: string) => {
    const option = checked.choices.flatMap(({ options }) => options).find(({ id }) => id === skill)
    return option ? resolveText(option.label, locale) : skill
  }
  return (
    <section className={styles.card} aria-label={resolveText(checked.label, locale)}>
      <header className={styles.cardHead}>
        <h2 className={styles.name}>{resolveText(checked.label, locale)}</h2>
        <span className={styles.hint}>
          {pool === null
            ? t('assignmentCheck.triedAnybody', { form })
            : t('assignmentCheck.tried', { form, people: pool, count: combinations })}
        </span>
      </header>
      {more && <p className={styles.note}>{t('assignmentCheck.more', { count: combinations })}</p>}
      {pool === 0 && <p className={styles.bad}>{t('assignmentCheck.poolEmpty')}</p>}
      {fallback === 0 && <p className={styles.bad}>{t('assignmentCheck.fallbackEmpty')}</p>}
      {isGood(checked) && pool !== null && (
        <div className={styles.good}>
          <CheckCircleOutlined aria-hidden />
          <div>
            <div className={styles.goodTitle}>{t('assignmentCheck.good')}</div>
            <div className={styles.hint}>{t('assignmentCheck.goodHint')}</div>
          </div>
        </div>
      )}
      {pool !== 0 && (
        <Gaps title={t('assignmentCheck.uncovered')} hint={t('assignmentCheck.uncoveredHint')}>
          {uncovered.map((made) => (
            <li key={JSON.stringify(made)}>
              {made.length === 0 && t('assignmentCheck.everything')}
              {made.map(({ path, value }) => (
                <span key={path} className={styles.choice}>
                  {label(path, value)}
                </span>
              ))}
            </li>
          ))}
        </Gaps>
      )}
      <Gaps title={t('assignmentCheck.unstaffed')} hint={t('assignmentCheck.unstaffedHint')}>
        {unstaffed.map(({ from, until }) => (
          <li key={from}>
            <Stretch from={from} until={until} />
          </li>
        ))}
      </Gaps>
      <Gaps title={t('assignmentCheck.irreplaceable')} hint={t('assignmentCheck.irreplaceableHint')}>
        {irreplaceable.map(({ skill, person }) => (
          <li key={skill}>{t('assignmentCheck.onlyOne', { skill: skillName(skill), name: person.name })}</li>
        ))}
      </Gaps>
    </section>
  )
}

/** One kind of gap with how many there are; nothing where there is none. */
function Gaps({ title, hint, children }: { title: string; hint: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <div className={styles.gaps}>
      <h3 className={styles.kind}>
        <WarningOutlined aria-hidden className={styles.sign} />
        {title}
        <span className={styles.count}>{children.length}</span>
      </h3>
      <p className={styles.hint}>{hint}</p>
      <ul className={styles.list}>{children}</ul>
    </div>
  )
}

/** `3月2日周一 14:00–15:00`: a stretch of one day or over midnight. */
function Stretch({ from, until }: { from: string; until: string }) {
  const { locale, zone } = useUi()
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: zone,
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return <time dateTime={from}>{format.formatRange(Date.parse(from), Date.parse(until))}</time>
}
