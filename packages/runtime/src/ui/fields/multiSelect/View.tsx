import { resolveText } from '@tenon/engine'
import { useUi } from '../../environment.tsx'
import styles from '../../show/show.module.css'
import { TonePill } from '../../show/TonePill.tsx'
import type { ShowProps } from '../contract.ts'

export function MultiSelectView({ field, value }: ShowProps<'multiSelect'>) {
  const { locale } = useUi()
  const ids = Array.isArray(value) ? (value as readonly string[]) : []
  return (
    <span className={styles.pills}>
      {ids.map((id) => {
        const option = field.options.find((one) => one.id === id)
        return (
          <TonePill key={id} tone={option?.tone}>
            {option ? resolveText(option.label, locale) : id}
          </TonePill>
        )
      })}
    </span>
  )
}
