import { Variable } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { ElementsEditor } from '../elements/ElementsEditor.tsx'

/** What every installation sets for itself; texts and addresses name it. */
export function VariablesTab({ path }: { readonly path: string }) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  return (
    <ElementsEditor
      path={path}
      list="variables"
      schema={Variable}
      form={undefined}
      what={t('variables.variable')}
      hint={t('variables.hint')}
      nameOf={(variable) => labelOf(variable, locale, t('variables.unnamed'))}
      lineOf={({ id }) => `{{env.${id}}}`}
      fresh={{ stem: 'variable', rest: { label: { 'zh-CN': '新变量', en: 'New variable' } } }}
    />
  )
}
