import { useQuery } from '@tanstack/react-query'
import { type Choice, useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../contract.ts'
import { naming } from '../naming.ts'

const choiceOf = ({ ref, hint }: Choice) =>
  ref.kind === 'user' ? [{ value: ref.username, label: hint ? `${ref.name}（${hint}）` : ref.name }] : []

/** A person, kept by user name: definitions travel, ids of people do not. */
export function PersonControl({ value, onChange, id, label }: ControlProps<string>) {
  const { t } = useTranslation('panels')
  const { searchPeople } = useUi()
  const [wanted, setWanted] = useState('')
  const q = useDeferredValue(wanted)
  const people = useQuery({
    queryKey: ['panel-people', q],
    queryFn: () => searchPeople(q),
    placeholderData: (before) => before,
    staleTime: 60_000,
  })
  const known = useQuery({
    queryKey: ['panel-person', value],
    queryFn: async () => (await searchPeople(value ?? '')).flatMap(choiceOf).find((one) => one.value === value) ?? null,
    enabled: Boolean(value),
    staleTime: 60_000,
  })
  const options = (people.data ?? []).flatMap(choiceOf)
  const current = value
    ? (options.find((one) => one.value === value) ?? known.data ?? { value, label: value })
    : undefined
  const all = current && !options.some((one) => one.value === current.value) ? [current, ...options] : options
  return (
    <Select
      {...naming(id, label)}
      value={value || null}
      options={all}
      showSearch={{ filterOption: false, onSearch: setWanted }}
      placeholder={t('choosePerson')}
      onChange={(next: string | null) => onChange(next ?? undefined)}
      style={{ width: '100%' }}
    />
  )
}
