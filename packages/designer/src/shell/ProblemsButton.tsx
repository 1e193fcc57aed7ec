import { CheckCircleOutlined, CloseCircleFilled, WarningFilled } from '@ant-design/icons'
import type { DesignProblem } from '@tenon/runtime/contract'
import { usePreferences } from '@tenon/runtime/page'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { useProblems } from '../draft/use-problems.ts'
import { useGoTo } from './go-to.ts'
import styles from './workshop.module.css'

/** How many problems the draft has; opens the list, and each leads to its place. */
export function ProblemsButton() {
  const { t } = useTranslation('designer')
  const problems = useProblems()
  const [open, setOpen] = useState(false)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const icon =
    errors > 0 ? (
      <CloseCircleFilled className={styles.isError} />
    ) : problems.length > 0 ? (
      <WarningFilled className={styles.isWarning} />
    ) : (
      <CheckCircleOutlined className={styles.isFine} />
    )
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={problems.length === 0 ? t('problems.none') : t('problems.title', { count: problems.length })}
      content={<ProblemList problems={problems} onChoose={() => setOpen(false)} />}
    >
      <Button type="text" icon={icon} aria-label={t('problems.title', { count: problems.length })}>
        {problems.length > 0 ? problems.length : null}
      </Button>
    </Popover>
  )
}

type Props = { readonly problems: readonly DesignProblem[]; readonly onChoose?: () => void }

/** Problems by definition, errors first; choosing one goes to its element. */
export function ProblemList({ problems, onChoose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const goTo = useGoTo()
  const sorted = [...problems].sort(
    (one, other) => Number(one.severity !== 'error') - Number(other.severity !== 'error'),
  )
  if (problems.length === 0) return <div className={styles.noProblems}>{t('problems.noneHint')}</div>
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
