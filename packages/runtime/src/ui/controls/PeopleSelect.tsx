import { Select } from 'antd'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, type Ref, useRefs, useRemember, useUi } from '../environment.tsx'
import { controlProps } from './control-props.ts'
import { PersonOption } from './PersonOption.tsx'
import { useRemoteChoices } from './use-remote-choices.tsx'

type Props = {
  readonly id: string
  readonly value: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  /** Only people with one of these roles; absent: anybody. */
  readonly roles?: readonly string[] | undefined
  /** How many at most; absent: any number. */
  readonly most?: number | undefined
  readonly placeholder: string
  readonly disabled?: boolean | undefined
  readonly invalid?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly onBlur?: (() => void) | undefined
}

const nameOf = (ref: Ref | undefined) => (ref?.kind === 'user' ? ref.name : undefined)

/** Picks several people: asks while typing, keeps the names of those that were chosen. */
export function PeopleSelect({ value, onChange, roles, most, placeholder, ...rest }: Props) {
  const { t } = useTranslation('ui')
  const { searchPeople } = useUi()
  const refs = useRefs()
  const remember = useRemember()
  const search = useCallback((q: string) => searchPeople(q, roles), [searchPeople, roles])
  const { found, ask, open, nothing } = useRemoteChoices(search)
  const options = useMemo(
    () => found.choices.map((choice) => ({ value: choice.id, label: nameOf(choice.ref) ?? '', choice })),
    [found.choices],
  )
  return (
    <Select
      {...controlProps(rest)}
      mode="multiple"
      labelInValue
      allowClear
      value={value.map((id) => ({ value: id, label: nameOf(refs[id]) ?? t('notVisible') })) as never}
      placeholder={placeholder}
      notFoundContent={nothing}
      options={options}
      showSearch={{ filterOption: false, onSearch: (q) => ask(q, 200) }}
      onOpenChange={open}
      optionRender={(option) => <PersonOption choice={(option.data as { choice: Choice }).choice} />}
      {...(most === undefined ? {} : { maxCount: most })}
      onChange={(next: unknown) => {
        const ids = (next as readonly { value: string }[]).map((one) => one.value)
        for (const choice of found.choices) if (ids.includes(choice.id)) remember(choice.id, choice.ref)
        onChange(ids)
        // The text that was searched for is gone, so are the few it found.
        ask('', 0)
      }}
      style={{ width: '100%' }}
    />
  )
}
