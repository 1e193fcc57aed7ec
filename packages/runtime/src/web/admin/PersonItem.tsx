import { RemoteSelect } from '../../ui/controls/RemoteSelect.tsx'
import type { Choice, Ref } from '../../ui/environment.tsx'

type Props = {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (value: string | null) => void
  readonly search: (q: string) => Promise<readonly Choice[]>
  readonly placeholder: string
}

/** One person, chosen in an item of the kit's form: id, value and onChange come from it. */
export const PersonItem = ({ id = '', value = null, onChange, search, placeholder }: Props) => (
  <RemoteSelect
    id={id}
    value={value}
    onChange={(next) => onChange?.(next)}
    search={search}
    labelOf={nameOf}
    placeholder={placeholder}
  />
)

const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')
