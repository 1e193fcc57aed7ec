import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, type Ref, useUi } from '../environment.tsx'
import { PersonOption } from './PersonOption.tsx'
import { RemoteSelect } from './RemoteSelect.tsx'

type Props = Omit<Parameters<typeof RemoteSelect>[0], 'search' | 'labelOf' | 'optionOf' | 'placeholder'> & {
  /** Only people with one of these roles; absent: anybody. */
  readonly roles?: readonly string[] | undefined
}

const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')
const drawChoice = (choice: Choice) => <PersonOption choice={choice} />

/** Picks one person. */
export function PersonSelect({ roles, ...rest }: Props) {
  const { t } = useTranslation('ui')
  const { searchPeople } = useUi()
  const search = useCallback((q: string) => searchPeople(q, roles), [searchPeople, roles])
  return (
    <RemoteSelect {...rest} search={search} labelOf={nameOf} optionOf={drawChoice} placeholder={t('choosePerson')} />
  )
}
