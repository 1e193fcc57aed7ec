import { QuestionCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentView } from '../../../contract/index.ts'
import { type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { Moment } from '../../../ui/show/Moment.tsx'
import { Person } from '../../../ui/show/Person.tsx'
import { TonePill } from '../../../ui/show/TonePill.tsx'
import { client } from '../../shell/client.ts'
import { isNotFound } from '../../shell/problems.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { failedLabel } from './failed-label.ts'
import styles from './record.module.css'
import { WhyNot } from './WhyNot.tsx'

/** "Why did Li get this?": every candidate, the filter each failed, the parts of the score. */
export function AssignmentWhy({ task }: { task: string }) {
  const { t } = useTranslation('staff')
  const [open, setOpen] = useState(false)
  const { data, error, isPending } = useQuery({
    queryKey: ['assignment', task],
    enabled: open,
    queryFn: () => client.tasks.assignment(task),
  })
  return (
    <>
      <button type="button" className={styles.whyButton} onClick={() => setOpen(true)}>
        <QuestionCircleOutlined aria-hidden /> {t('why.ask')}
      </button>
      <Modal
        open={open}
        title={t('why.assignment')}
        footer={null}
        width={680}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {isPending ? (
          <Waiting rows={3} />
        ) : error ? (
          isNotFound(error) ? (
            <Nothing title={t('why.byPerson')} />
          ) : (
            <Failed error={error} />
          )
        ) : (
          <>
            <Ranking view={data} />
            <WhyNot task={task} />
          </>
        )}
      </Modal>
    </>
  )
}

function Ranking({ view }: { view: AssignmentView }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const sorted = [...view.candidates].sort((a, b) => a.failed.length - b.failed.length || b.total - a.total)
  return (
    <RefsProvider refs={view.refs as Refs}>
      <p className={styles.clockLine}>
        <Moment at={view.at} /> · {view.chosen === null ? t('why.nobody') : t('why.chosenBy')}
        {view.fallback && ` · ${t('why.fallback')}`}
      </p>
      <ul className={styles.candidates}>
        {sorted.map((candidate) => (
          <li key={candidate.user} className={styles.candidate} data-chosen={candidate.user === view.chosen}>
            <span className={styles.candidateHead}>
              <Person id={candidate.user} />
              {candidate.user === view.chosen && <TonePill tone="success">{t('why.chosen')}</TonePill>}
              {candidate.failed.length === 0 && (
                <span className={styles.candidateScore}>{t('why.score', { score: round(candidate.total) })}</span>
              )}
            </span>
            <span className={styles.candidateWhy}>
              {candidate.failed.length > 0
                ? candidate.failed.map((one) => (
                    <TonePill key={one.id} tone="neutral">
                      {failedLabel(one, locale, t)}
                    </TonePill>
                  ))
                : candidate.scores.map((one) => (
                    <span key={one.id}>
                      {resolveText(one.label, locale)} {round(one.weighted)}
                    </span>
                  ))}
            </span>
          </li>
        ))}
      </ul>
    </RefsProvider>
  )
}

const round = (value: number) => Math.round(value * 100) / 100
