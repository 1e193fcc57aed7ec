/// <reference path="./feel-editor.d.ts" />
import type { Variable } from '@bpmn-io/feel-editor'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { namedVariables } from './names-typed.ts'

type Props = {
  readonly variables: readonly Variable[]
  readonly functions: readonly Variable[]
  readonly label: string
  /** What to write, and how far before its end to go on writing. */
  readonly onPick: (text: string, back: number) => void
}

/** Puts the name of a field, called as people call it, or a function into a formula. */
export function NamePicker({ variables, functions, label, onPick }: Props) {
  const { t } = useTranslation('panels')
  const fields = namedVariables(variables).map(({ name, label: told }) => ({ value: name, label: told }))
  const calls = functions.map(({ name }) => ({ value: `${name}()`, label: `${name}()` }))
  return (
    <Select<string>
      size="small"
      aria-label={label}
      value={null}
      placeholder={t('formula.insert')}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      options={[
        ...(fields.length > 0 ? [{ label: t('formula.fields'), options: fields }] : []),
        { label: t('formula.functions'), options: calls },
      ]}
      onSelect={(text) => onPick(text, text.endsWith('()') ? 1 : 0)}
    />
  )
}
