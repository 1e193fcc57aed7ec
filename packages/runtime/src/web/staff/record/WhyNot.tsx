import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssignmentView } from '../../../contract/index.ts'
import { RemoteSelect } from '../../../ui/controls/RemoteSelect.tsx'
import { type Ref, type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { Person } from '../../../ui/show/Person.tsx'
import { client } from '../../shell/client.ts'
import { failedLabel } from './failed-label.ts'
import styles from './record.module.css'

type Answer = NonNullable<AssignmentView['whyNot']>
const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')

/** "Why not Li?": of anybody, answered from the decision as it was stored. */
export function WhyNot({ task }: { task: string }) {
  const { t } = useTranslation('staff')
  const { searchPeople } = useUi()
  const [asked, setAsked] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: ['assignment', task, asked],
    enabled: asked !== null,
    queryFn: () => client.tasks.assignment(task, asked ?? undefined),
  })
  return (
    <div className={styles.whyNot}>
      <label htmlFor="why-not">{t('why.whyNot')}</label>
      <RemoteSelect
        id="why-not"
        value={asked}
        onChange={setAsked}
        search={searchPeople}
        labelOf={nameOf}
        placeholder={t('task.transferPlaceholder')}
      />
      {data?.whyNot && (
        <RefsProvider refs={data.refs as Refs}>
          <p role="status">
            <Person id={data.whyNot.user} /> <Sentence why={data.whyNot} />
          </p>
        </RefsProvider>
      )}
    </div>
  )
}

function Sentence({ why }: { why: Answer }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const list = (items: readonly string[]) => items.join(locale === 'en' ? ', ' : '、')
  const behind = why.parts.filter((part) => part.chosen > part.own).map((part) => resolveText(part.label, locale))
  return (
    <>
      {t(`why.not.${why.kind}`, {
        failed: list(why.failed.map((one) => failedLabel(one, locale, t))),
        difference: Math.round((why.difference ?? 0) * 100) / 100,
        parts: list(behind),
      })}
    </>
  )
}
