import { type FieldModel, type FieldValue, fieldLabel } from '@tenon/engine'
import { useKnownRef, useUi } from '../environment.tsx'
import { FieldValueView, isBlank } from '../fields/FieldValueView.tsx'
import styles from './link-card.module.css'

/** What matters of a linked record, beside its name: the fields the link asks for, as far as they may be seen. */
export function LinkCard({ field, id }: { field: FieldModel; id: string }) {
  const { lookup, locale } = useUi()
  const ref = useKnownRef(id)
  const definition = field.definition
  if (ref?.kind !== 'record' || !definition || !('card' in definition)) return null
  const model = lookup(definition.form)
  const shown = (definition.card ?? []).flatMap((name) => {
    const value = ref.card?.[name] as FieldValue | undefined
    const linked = model?.fields.get(name)
    return linked && !isBlank(value) ? [{ name, value, linked }] : []
  })
  if (shown.length === 0) return null
  return (
    <div className={styles.card}>
      {shown.map(({ name, value, linked }) => (
        <span key={name} className={styles.item}>
          <span className={styles.label}>{fieldLabel(linked, locale)}</span>
          <FieldValueView field={linked} value={value} cell />
        </span>
      ))}
    </div>
  )
}
