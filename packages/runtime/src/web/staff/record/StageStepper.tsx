import { CheckOutlined } from '@ant-design/icons'
import { type FormModel, resolveText } from '@tenon/engine'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { FlowView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import styles from './record.module.css'
import { stagePath } from './stage-path.ts'

const done = new Set(['closed', 'resolved'])

/** Where the record is on its usual way. */
export function StageStepper({
  form,
  flow,
  stage,
}: {
  form: FormModel
  flow: FlowView | undefined
  stage: string | null
}) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const here = useRef<HTMLLIElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step that is current changes with the stage
  useEffect(() => {
    const list = here.current?.parentElement
    if (list && here.current)
      list.scrollLeft = here.current.offsetLeft - list.clientWidth / 2 + here.current.clientWidth / 2
  }, [stage])
  const category = (id: string) => form.stages.get(id)?.category ?? ''
  const steps = flow
    ? stagePath(
        flow,
        stage,
        (id) => done.has(category(id)),
        (id) => category(id) === 'cancelled',
      )
    : [...form.stages.keys()].filter((id) => id === stage || category(id) !== 'cancelled')
  if (steps.length < 2) return null
  const at = stage === null ? -1 : steps.indexOf(stage)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and what scrolls must be reachable by keyboard
    <ol className={styles.steps} aria-label={t('record.stages')} tabIndex={0}>
      {steps.map((id, index) => {
        const state = index < at ? 'done' : index === at ? 'here' : 'next'
        return (
          <li
            key={id}
            className={styles.step}
            data-state={state}
            ref={state === 'here' ? here : undefined}
            aria-current={state === 'here' ? 'step' : undefined}
          >
            <span className={styles.stepMark}>{state === 'done' && <CheckOutlined aria-hidden />}</span>
            {resolveText(form.stages.get(id)?.label, locale)}
          </li>
        )
      })}
    </ol>
  )
}
