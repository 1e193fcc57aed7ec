import { compileFormula, compileUnaryTest, type FormulaScope, renderProblem } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Input } from 'antd'
import { lazy, Suspense, useCallback, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../contract.ts'
import { formOfScope, useDraftApp } from '../draft-app.ts'
import { toldNames } from '../formula-words.ts'
import type { FormulaEditor } from './FeelEditorBox.tsx'
import styles from './formula.module.css'
import { functionNames, variablesOf } from './formula-names.ts'
import { NamePicker } from './NamePicker.tsx'
import type { TellNames } from './name-chips.ts'
import { Result } from './Result.tsx'

const Editor = lazy(() => import('./FeelEditorBox.tsx'))

type Props = ControlProps<string> & { readonly dialect?: 'expression' | 'unaryTests' }

/** What a new formula says until somebody writes one. */
const nothing = 'null'

/** A formula: names stand in it as their labels, complete or are picked; mistakes and a result are told below it. */
export function FormulaControl({ value, onChange, scope, label, id, dialect = 'expression' }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const own = useId()
  const editor = useRef<FormulaEditor>(null)
  const form = formOfScope(scope, app.lookup)
  const whole = scope.form === undefined ? undefined : app.lookup(scope.form)
  const [begun, setBegun] = useState(false)
  const text = value === undefined || (value === nothing && !begun) ? '' : value
  const variables = useMemo(() => variablesOf(form, app, locale), [form, app, locale])
  const names = useMemo<FormulaScope>(() => ({ ...(form ? { form } : {}), lookup: app.lookup }), [form, app])
  const compiled = useMemo(
    () =>
      text === '' ? undefined : dialect === 'unaryTests' ? compileUnaryTest(text, names) : compileFormula(text, names),
    [text, names, dialect],
  )
  const write = (next: string) => {
    setBegun(true)
    onChange(next === '' ? undefined : next)
  }
  const tell = useCallback<TellNames>(
    (formula, writingAt) =>
      toldNames(formula, { app, form, locale, t: (key, values) => t(key, { ...values }) }, { dialect, writingAt }),
    [app, form, locale, t, dialect],
  )
  const title = label ?? t('fact.formula')
  return (
    <div className={styles.formula}>
      <Suspense
        fallback={
          <Input.TextArea
            id={id ?? own}
            aria-label={title}
            rows={1}
            className={styles.growing ?? ''}
            placeholder={t('formula.placeholder')}
            value={text}
            onChange={(event) => write(event.target.value)}
          />
        }
      >
        <Editor
          ref={editor}
          value={text}
          onChange={write}
          dialect={dialect}
          variables={variables}
          builtins={functionNames}
          tell={tell}
          label={title}
          placeholder={t(dialect === 'unaryTests' ? 'formula.tests' : 'formula.placeholder')}
        />
      </Suspense>
      <NamePicker
        variables={variables}
        functions={functionNames}
        label={t('formula.insertInto', { name: title })}
        onPick={(name, back) => (editor.current ? editor.current.insert(name, back) : write(`${text}${name}`))}
      />
      {compiled && !compiled.ok && (
        <div className={styles.problem} role="alert">
          {compiled.error.map((problem) => renderProblem(problem, locale)).join(' ')}
        </div>
      )}
      {compiled?.ok && 'evaluate' in compiled.value && whole && (
        <Result formula={compiled.value} form={whole} rows={scope.rows} app={app} />
      )}
    </div>
  )
}
