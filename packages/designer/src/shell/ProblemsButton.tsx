import {
  CheckCircleOutlined,
  CloseCircleFilled,
  LoadingOutlined,
  QuestionCircleOutlined,
  WarningFilled,
} from '@ant-design/icons'
import { usePreferences } from '@tenon/runtime/page'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { type Findings, useFindings } from '../draft/use-problems.ts'
import { useGoTo } from './go-to.ts'
import styles from './workshop.module.css'

/** How many problems the draft has; opens the list, and each leads to its place. */
export function ProblemsButton() {
  const { t } = useTranslation('designer')
  const { problems, state } = useFindings()
  const [open, setOpen] = useState(false)
  const title =
    problems.length > 0
      ? t('problems.title', { count: problems.length })
      : t(state === 'known' ? 'problems.none' : `problems.${state}`)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={title}
      content={<ProblemList problems={problems} state={state} onChoose={() => setOpen(false)} />}
    >
      <Button type="text" icon={<Sign problems={problems} state={state} />} aria-label={title}>
        {problems.length > 0 ? problems.length : null}
      </Button>
    </Popover>
  )
}

/** What was found so far; nothing is called fine that was not looked at. */
function Sign({ problems, state }: Findings) {
  if (problems.some(({ severity }) => severity === 'error')) return <CloseCircleFilled className={styles.isError} />
  if (problems.length > 0) return <WarningFilled className={styles.isWarning} />
  if (state === 'asking') return <LoadingOutlined />
  if (state === 'failed') return <QuestionCircleOutlined className={styles.isWarning} />
  return <CheckCircleOutlined className={styles.isFine} />
}

type Props = Findings & { readonly onChoose?: () => void }

/** Problems by definition, errors first; choosing one goes to its element. */
export function ProblemList({ problems, state, onChoose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const goTo = useGoTo()
  const sorted = [...problems].sort(
    (one, other) => Number(one.severity !== 'error') - Number(other.severity !== 'error'),
  )
  if (problems.length === 0)
    return (
      <div className={styles.noProblems}>{t(state === 'known' ? 'problems.noneHint' : `problems.${state}Hint`)}</div>
    )
  return (
    <ul className={styles.problems}>
      {sorted.map((problem) => (
        <li key={`${problem.file}${problem.path}${problem.code}${problem.message}`}>
          <button
            type="button"
            className={styles.problem}
            onClick={() => {
              goTo(problem.file, problem.path)
              onChoose?.()
            }}
          >
            {problem.severity === 'error' ? (
              <CloseCircleFilled className={styles.isError} />
            ) : (
              <WarningFilled className={styles.isWarning} />
            )}
            <span>
              <span className={styles.problemPlace}>{labelOf(documents[problem.file], locale, problem.file)}</span>
              {problem.message}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
