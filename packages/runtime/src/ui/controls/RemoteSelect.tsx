import { Select, Spin } from 'antd'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice, Ref } from '../environment.tsx'
import { useKnownRef, useRemember } from '../environment.tsx'
import { controlProps } from './control-props.ts'

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

type Found = { readonly state: 'idle' | 'busy' | 'done' | 'failed'; readonly choices: readonly Choice[] }

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
  const [found, setFound] = useState<Found>({ state: 'idle', choices: [] })
  const asked = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(timer.current), [])

  const ask = useCallback(
    (q: string, delayMs: number) => {
      clearTimeout(timer.current)
      const turn = ++asked.current
      setFound((before) => ({ ...before, state: 'busy' }))
      timer.current = setTimeout(async () => {
        try {
          const choices = await search(q)
          if (turn === asked.current) setFound({ state: 'done', choices })
        } catch {
          if (turn === asked.current) setFound({ state: 'failed', choices: [] })
        }
      }, delayMs)
    },
    [search],
  )

  const options = useMemo(
    () => found.choices.map((choice) => ({ value: choice.id, label: labelOf(choice.ref), choice })),
    [found.choices, labelOf],
  )
  const current = value === null ? undefined : { value, label: known ? labelOf(known) : t('notVisible') }

  const nothing =
    found.state === 'busy' || found.state === 'idle' ? (
      <span>
        <Spin size="small" /> {t('searching')}
      </span>
    ) : found.state === 'failed' ? (
      t('searchFailed')
    ) : (
      t('nothingFound')
    )

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
      onOpenChange={(open) => open && ask('', 0)}
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
