import type { Locale } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type CodeKind, codeChoices, codeName } from '../code-names.ts'
import type { ControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

/** A code of the world's (a language, a time zone, a currency), chosen by its name. */
export function CodeControl({ kind, value, onChange, id, label }: ControlProps<string> & { readonly kind: CodeKind }) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  return (
    <Select
      {...naming(id, label)}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      placeholder={t('choose')}
      options={options(kind, locale, value)}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}

/** Those there are, and the one that is chosen even where the browser does not know it. */
function options(kind: CodeKind, locale: Locale, value: string | undefined) {
  const known = codeChoices(kind, locale)
  return value === undefined || known.some((one) => one.value === value)
    ? [...known]
    : [{ value, label: codeName(kind, locale, value) }, ...known]
}
