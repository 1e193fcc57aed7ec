import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../../contract/index.ts'
import { type Refs, RefsProvider } from '../../../ui/environment.tsx'
import { TaskRow } from './TaskRow.tsx'
import { useKeys } from './use-keys.ts'
import styles from './workbench.module.css'

type Props = {
  readonly tasks: readonly TaskView[]
  readonly refs: object
  readonly onOpen: (task: TaskView) => void
  readonly onClaim: (task: TaskView) => void
}

/** Tasks one below the other; j and k move, Enter opens. */
export function TaskList({ tasks, refs, onOpen, onClaim }: Props) {
  const { t } = useTranslation('staff')
  const [chosen, setChosen] = useState<string>()
  const list = useRef<HTMLUListElement>(null)
  const at = tasks.findIndex(({ id }) => id === chosen)
  const move = (step: number) => {
    const next = Math.max(0, Math.min(tasks.length - 1, at + step))
    setChosen(tasks[next]?.id)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({
    j: () => move(1),
    k: () => move(at < 0 ? 1 : -1),
    enter: () => {
      const task = tasks[at]
      if (task) onOpen(task)
    },
  })
  const known = useMemo(() => refs as Refs, [refs])
  return (
    <RefsProvider refs={known}>
      <ul className={styles.list} ref={list} aria-label={t('work.list')}>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} chosen={task.id === chosen} onOpen={onOpen} onClaim={onClaim} />
        ))}
      </ul>
    </RefsProvider>
  )
}
