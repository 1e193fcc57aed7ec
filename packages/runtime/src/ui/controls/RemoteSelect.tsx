import { Select } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice, Ref } from '../environment.tsx'
import { useKnownRef, useRemember } from '../environment.tsx'
import { controlProps } from './control-props.ts'
import { useRemoteChoices } from './use-remote-choices.tsx'

type Props = {
  readonly id: string
  readonly value: string | null
  readonly onChange: (id: string | null) => void
  /** Asked as the person types, a little later than the last key. */
  readonly search: (q: string) => Promise<readonly Choice[]>
  readonly labelOf: (ref: Ref) => string
  readonly optionOf?: (choice: Choice) => ReactNode
  readonly placeholder: string
  readonly disabled?: boolean | undefined
  readonly invalid?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly onBlur?: (() => void) | undefined
  readonly autoFocus?: boolean
  readonly ariaLabel?: string
}

/** Picks one of many that live on the server: asks while typing, keeps the chosen name, says when nothing is found. */
export function RemoteSelect({
  value,
  onChange,
  search,
  labelOf,
  optionOf,
  placeholder,
  autoFocus,
  ariaLabel,
  ...rest
}: Props) {
  const { t } = useTranslation('ui')
  const known = useKnownRef(value)
  const remember = useRemember()
  const { found, ask, open, nothing } = useRemoteChoices(search)

  const options = useMemo(
    () => found.choices.map((choice) => ({ value: choice.id, label: labelOf(choice.ref), choice })),
    [found.choices, labelOf],
  )
  const current = value === null ? undefined : { value, label: known ? labelOf(known) : t('notVisible') }

  return (
    <Select
      {...controlProps(rest)}
      labelInValue
      allowClear
      value={current as never}
      placeholder={placeholder}
      notFoundContent={nothing}
      options={options}
      {...(autoFocus ? { autoFocus } : {})}
      {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
      showSearch={{ filterOption: false, onSearch: (q) => ask(q, 200) }}
      onOpenChange={open}
      optionRender={(option) => optionOf?.((option.data as { choice: Choice }).choice) ?? option.label}
      onChange={(next: unknown) => {
        const id = (next as { value: string } | undefined)?.value
        const choice = found.choices.find((one) => one.id === id)
        if (choice) remember(choice.id, choice.ref)
        onChange(id ?? null)
      }}
      style={{ width: '100%' }}
    />
  )
}
