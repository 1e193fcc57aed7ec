import { checkTemplate, type FormModel, renderProblem } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useId, useRef } from 'react'
import { TemplateFields } from '../../panels/controls/TemplateFields.tsx'
import { type PanelScope, ToldTemplate, useDraftApp } from '../../panels/index.ts'
import frame from '../frame/split-bench.module.css'
import styles from './message.module.css'

type Props = {
  readonly label: string
  /** What a screen reader calls it: channel, part and language. */
  readonly name: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly scope: PanelScope
  readonly form: FormModel | undefined
  /** What is missing here, in words. */
  readonly missing: string | undefined
  readonly rows: number
}

/** A text with placeholders in one language: fields are put in where the cursor stands, mistakes told below. */
export function TemplateText({ label, name, value, onChange, scope, form, missing, rows }: Props) {
  const { locale } = useUi()
  const { lookup } = useDraftApp()
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const problems = checkTemplate(value, { ...(form ? { form } : {}), lookup }, '')
  const insert = (path: string) => {
    const { selectionStart = value.length, selectionEnd = value.length } = box.current ?? {}
    const placed = `{{${path}}}`
    onChange(value.slice(0, selectionStart) + placed + value.slice(selectionEnd))
    requestAnimationFrame(() => {
      box.current?.focus()
      box.current?.setSelectionRange(selectionStart + placed.length, selectionStart + placed.length)
    })
  }
  return (
    <div className={frame.field}>
      <div className={styles.label}>
        <label htmlFor={id}>{label}</label>
        <TemplateFields scope={scope} onPick={insert} />
      </div>
      <textarea
        ref={box}
        id={id}
        aria-label={name}
        aria-invalid={problems.length > 0}
        rows={rows}
        className={`${frame.input} ${styles.text}`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <ToldTemplate text={value} scope={scope} />
      {missing !== undefined && <p className={styles.missing}>{missing}</p>}
      {problems.map((one) => (
        <p key={JSON.stringify(one.details)} className={styles.wrong} role="alert">
          {renderProblem(one, locale)}
        </p>
      ))}
    </div>
  )
}
