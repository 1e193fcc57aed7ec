import { QuestionCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleRunView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { Moment } from '../../../ui/show/Moment.tsx'
import { client } from '../../shell/client.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { WhyTree } from '../alerts/WhyTree.tsx'
import styles from './record.module.css'

type Props = { readonly app: string; readonly form: string; readonly record: string; readonly run: string }

/** "Why did this rule act?": its conditions with the values they met then. */
export function RuleWhy(props: Props) {
  const { t } = useTranslation('staff')
  const [open, setOpen] = useState(false)
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['ruleRun', props.run],
    enabled: open,
    queryFn: () => findRun(props),
  })
  return (
    <>
      <button type="button" className={styles.whyButton} onClick={() => setOpen(true)}>
        <QuestionCircleOutlined aria-hidden /> {t('why.ask')}
      </button>
      <Modal
        open={open}
        title={t('why.ruleRun')}
        footer={null}
        width={680}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {isPending ? (
          <Waiting rows={3} />
        ) : error ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : data ? (
          <Run run={data} />
        ) : (
          <Nothing title={t('why.noRun')} />
        )}
      </Modal>
    </>
  )
}

function Run({ run }: { run: RuleRunView }) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  return (
    <>
      <p className={styles.clockLine}>
        <strong>{resolveText(run.rule.label, locale)}</strong> · {t(`runs.events.${run.event}`)} ·{' '}
        <Moment at={run.at} />
      </p>
      <WhyTree lines={run.why} />
    </>
  )
}

/** Looks through the runs of the record, newest first; null: no longer kept. */
async function findRun({ app, form, record, run }: Props): Promise<RuleRunView | null> {
  let before: string | undefined
  do {
    const page = await client.alerts.runsOfRecord(app, form, record, before)
    const found = page.items.find(({ id }) => id === run)
    if (found) return found
    before = page.nextBefore ?? undefined
  } while (before !== undefined)
  return null
}
