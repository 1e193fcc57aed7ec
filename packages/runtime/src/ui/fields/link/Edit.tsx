import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../controls/RemoteSelect.tsx'
import { type Choice, type Ref, useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

const titleOf = (ref: Ref) => (ref.kind === 'record' ? ref.title : '')
const drawChoice = ({ ref, hint }: Choice) => (
  <span>
    {titleOf(ref)}
    {hint && <span style={{ color: 'var(--t-ink-3)', marginInlineStart: 8 }}>{hint}</span>}
  </span>
)

export function LinkEdit({ field, value, onChange, ...rest }: EditProps<'link'>) {
  const { t } = useTranslation('ui')
  const { searchRecords } = useUi()
  const { form, where } = field
  const search = useCallback((q: string) => searchRecords(form, q, where), [searchRecords, form, where])
  return (
    <RemoteSelect
      {...rest}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
      search={search}
      labelOf={titleOf}
      optionOf={drawChoice}
      placeholder={t('typeToSearch')}
    />
  )
}
