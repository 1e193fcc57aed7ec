import type { FormModel } from '@tenon/engine'
import { Select } from 'antd'
import { useCallback, useMemo } from 'react'
import { useUi } from '../environment.tsx'
import { controlProps } from './control-props.ts'
import { useRemoteChoices } from './use-remote-choices.tsx'

type Props = {
  readonly id: string
  /** Where texts that were used before are looked for; absent: nowhere. */
  readonly form: FormModel | undefined
  readonly field: string
  readonly value: readonly string[]
  readonly onChange: (texts: readonly string[]) => void
  /** How many at most; absent: any number. */
  readonly most?: number | undefined
  readonly placeholder: string
  readonly disabled?: boolean | undefined
  readonly invalid?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly onBlur?: (() => void) | undefined
}

const separators = [',', '，', '、', ';', '；', '|']

/** Several free texts: typed, pasted, or chosen among those that the field already has in records I may read. */
export function TagsSelect({ form, field, value, onChange, most, placeholder, ...rest }: Props) {
  const { usedTexts } = useUi()
  const name = form && `${form.app}/${form.id}`
  const search = useCallback(
    async (q: string) => (name === undefined ? [] : usedTexts(name, field, q)),
    [usedTexts, name, field],
  )
  const { found, ask, open } = useRemoteChoices(search)
  const options = useMemo(() => found.choices.map((text) => ({ value: text, label: text })), [found.choices])
  return (
    <Select
      {...controlProps(rest)}
      mode="tags"
      allowClear
      value={[...value]}
      placeholder={placeholder}
      notFoundContent={null}
      options={options}
      tokenSeparators={separators}
      // Enter takes the first, so what was asked for before must be gone, and the very text be first.
      showSearch={{
        onSearch: (q) => ask(q, 200),
        filterSort: (a, b, { searchValue }) => Number(b.value === searchValue) - Number(a.value === searchValue),
      }}
      onOpenChange={open}
      {...(most === undefined ? {} : { maxCount: most })}
      onChange={(texts: readonly string[]) => {
        onChange([...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))])
        ask('', 0)
      }}
      style={{ width: '100%' }}
    />
  )
}
