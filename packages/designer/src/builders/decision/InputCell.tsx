import {
  compileUnaryTest,
  type DecisionDefinition,
  type FormModel,
  fieldOptions,
  renderProblem,
  resolveText,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { subjectAt } from '../../panels/field-at.ts'
import { useDraftApp } from '../../panels/index.ts'
import { cellOf, valuesOf } from './cell-tests.ts'
import styles from './decision.module.css'

type Props = {
  readonly input: DecisionDefinition['inputs'][number]
  readonly value: string | undefined
  readonly form: string | undefined
  readonly label: string
  readonly onChange: (cell: string | undefined) => void
}

/** One condition: the field's own choices where it has some, else tests as people write them (`>= 5`, `[1..10]`). */
export function InputCell({ input, value, form: name, label, onChange }: Props) {
  const { t } = useTranslation(['decision', 'panels'])
  const { locale } = useUi()
  const app = useDraftApp()
  const form: FormModel | undefined = name === undefined ? undefined : app.lookup(name)
  const isPath = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*$/.test(input.expression)
  const subject = isPath ? subjectAt('record', input.expression.split('.'), form, app) : undefined
  const choices =
    subject?.field && subject.form
      ? fieldOptions(subject.field, subject.form).map(({ id, label: text }) => ({
          value: id,
          label: resolveText(text, locale),
        }))
      : []
  const isFlag = subject?.value.kind === 'boolean'
  const named = valuesOf(value)
  if ((choices.length > 0 || isFlag) && named !== undefined)
    return (
      <Select
        size="small"
        mode="multiple"
        aria-label={label}
        value={[...named]}
        options={
          isFlag
            ? [
                { value: 'true', label: t('panels:yes') },
                { value: 'false', label: t('panels:no') },
              ]
            : choices
        }
        placeholder={t('anything')}
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        onChange={(next: string[]) => onChange(cellOf(next, !isFlag))}
        className={styles.cell ?? ''}
      />
    )
  const tests =
    value === undefined ? undefined : compileUnaryTest(value, { ...(form ? { form } : {}), lookup: app.lookup })
  return (
    <>
      <Input
        size="small"
        aria-label={label}
        value={value ?? ''}
        placeholder={t('anything')}
        {...(tests && !tests.ok ? { status: 'error' as const } : {})}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        className={styles.cell ?? ''}
      />
      {tests && !tests.ok && (
        <span className={styles.problem} data-severity="error">
          {tests.error.map((one) => renderProblem(one, locale)).join(' ')}
        </span>
      )}
    </>
  )
}
