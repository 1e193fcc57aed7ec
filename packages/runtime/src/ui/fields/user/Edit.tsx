import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../controls/RemoteSelect.tsx'
import { type Choice, type Ref, useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'

const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')
const drawChoice = ({ ref, hint }: Choice) => (
  <span>
    {nameOf(ref)}
    {hint && <span style={{ color: 'var(--t-ink-3)', marginInlineStart: 8 }}>{hint}</span>}
  </span>
)

export function UserEdit({ field, value, onChange, ...rest }: EditProps<'user'>) {
  const { t } = useTranslation('ui')
  const { searchPeople } = useUi()
  const { roles } = field
  const search = useCallback((q: string) => searchPeople(q, roles), [searchPeople, roles])
  return (
    <RemoteSelect
      {...rest}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
      search={search}
      labelOf={nameOf}
      optionOf={drawChoice}
      placeholder={t('choosePerson')}
    />
  )
}
