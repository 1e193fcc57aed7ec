import { compileFormula, compileUnaryTest, type FormulaScope, renderProblem } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Input } from 'antd'
import { lazy, Suspense, useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { tellFormula } from '../condition/condition-words.ts'
import type { ControlProps } from '../contract.ts'
import { formOfScope, useDraftApp } from '../draft-app.ts'
import styles from './formula.module.css'
import { functionNames, variablesOf } from './formula-names.ts'
import { Result } from './Result.tsx'

const Editor = lazy(() => import('./FeelEditorBox.tsx'))

type Props = ControlProps<string> & { readonly dialect?: 'expression' | 'unaryTests' }

/** A formula: names complete and are read back by their labels, mistakes are told below it, and so is a result. */
export function FormulaControl({ value, onChange, scope, label, id, dialect = 'expression' }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const own = useId()
  const form = formOfScope(scope, app.lookup)
  const text = value ?? ''
  const variables = useMemo(() => variablesOf(form, app, locale), [form, app, locale])
  const names = useMemo<FormulaScope>(() => ({ ...(form ? { form } : {}), lookup: app.lookup }), [form, app])
  const compiled = useMemo(
    () =>
      text === '' ? undefined : dialect === 'unaryTests' ? compileUnaryTest(text, names) : compileFormula(text, names),
    [text, names, dialect],
  )
  const write = (next: string) => onChange(next === '' ? undefined : next)
  const told = tellFormula(text, { app, form, locale })
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
            value={text}
            onChange={(event) => write(event.target.value)}
          />
        }
      >
        <Editor
          value={text}
          onChange={write}
          dialect={dialect}
          variables={variables}
          builtins={functionNames}
          label={title}
        />
      </Suspense>
      {told !== text && <div className={styles.told}>{told}</div>}
      {compiled && !compiled.ok && (
        <div className={styles.problem} role="alert">
          {compiled.error.map((problem) => renderProblem(problem, locale)).join(' ')}
        </div>
      )}
      {compiled?.ok && 'evaluate' in compiled.value && form && scope.rows === undefined && (
        <Result formula={compiled.value} form={form} app={app} />
      )}
    </div>
  )
}
