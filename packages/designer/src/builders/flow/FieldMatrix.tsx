import { type FormModel, fieldLabel, formSchema, type SchemaSection } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { memo, type ReactNode, startTransition, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSteady } from '../frame/use-steady.ts'
import styles from './panel.module.css'

const fieldWords = ['hidden', 'read', 'edit', 'required'] as const
type FieldWord = (typeof fieldWords)[number]
export type FieldMask = { readonly [field: string]: FieldWord }

type Word = FieldWord | 'usual'
const words: readonly Word[] = ['usual', ...fieldWords]

type Props = {
  readonly form: FormModel
  readonly value: FieldMask | undefined
  readonly onChange: (next: FieldMask | undefined) => void
}
const nothingSaid: FieldMask = {}

/**
 * What the person sees and must fill at this step, field by field, in the sections of the form. The lists are the
 * browser's own: a form of three hundred fields has as many, and they are drawn again only when a word of theirs changes.
 */
export function FieldMatrix({ form, value = nothingSaid, onChange }: Props) {
  const { set } = useSteady<{ set: SetWords }>({ set: (fields, word) => onChange(withWords(value, fields, word)) })
  const [isDue, setDue] = useState(false)
  // What was chosen is seen first; hundreds of lists may come a frame later.
  useEffect(() => startTransition(() => setDue(true)), [])
  return isDue ? <Matrix form={form} value={value} set={set} /> : null
}

type SetWords = (fields: readonly string[], word: Word) => void

const Matrix = memo(function Matrix({ form, value, set }: { form: FormModel; value: FieldMask; set: SetWords }) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const sections = useMemo(() => {
    const rights = new Map([...form.fields.keys()].map((field) => [field, 'read' as const]))
    const { uiSchema } = formSchema(form, { mode: 'view', rights, locale })
    return (uiSchema['ui:options'] as unknown as { readonly sections: readonly SchemaSection[] }).sections
  }, [form, locale])
  const options = useMemo(
    () =>
      words.map((word) => (
        <option key={word} value={word}>
          {t(`fieldWord.${word}`)}
        </option>
      )),
    [t],
  )
  return (
    <div className={styles.matrix}>
      {sections.map((section) => {
        const fields = section.items.map(({ field }) => field)
        const said = new Set(fields.map((field) => value[field] ?? 'usual'))
        const [only] = said
        const title = section.label || t('otherFields')
        return (
          <section key={section.id} aria-label={section.label}>
            <div className={styles.matrixHead}>
              <span>{title}</span>
              <select
                className={styles.word}
                aria-label={t('setAllOf', { name: title })}
                value={said.size === 1 ? only : ''}
                onChange={({ target }) => set(fields, target.value as Word)}
              >
                {said.size > 1 && (
                  <option value="" disabled>
                    {t('setAll')}
                  </option>
                )}
                {options}
              </select>
            </div>
            {fields.map((field) => {
              const model = form.fields.get(field)
              if (!model) return null
              const name = fieldLabel(model, locale)
              const label = t('fieldAt', { name })
              const word = value[field] ?? 'usual'
              return <Row key={field} field={field} name={name} label={label} word={word} options={options} set={set} />
            })}
          </section>
        )
      })}
    </div>
  )
})

type RowProps = {
  readonly field: string
  readonly name: string
  readonly label: string
  readonly word: Word
  readonly options: ReactNode
  readonly set: SetWords
}

const Row = memo(function Row({ field, name, label, word, options, set }: RowProps) {
  return (
    <div className={styles.matrixRow}>
      <span className={styles.matrixName}>{name}</span>
      <select
        className={styles.word}
        data-word={word}
        aria-label={label}
        value={word}
        onChange={({ target }) => set([field], target.value as Word)}
      >
        {options}
      </select>
    </div>
  )
})

/** The matrix with these fields said otherwise; nothing said about any field is no matrix at all. */
function withWords(mask: FieldMask, fields: readonly string[], word: Word): FieldMask | undefined {
  const changed = new Set(fields)
  const rest = Object.entries(mask).filter(([field]) => !changed.has(field) || word !== 'usual')
  const next = {
    ...Object.fromEntries(rest),
    ...(word === 'usual' ? {} : Object.fromEntries(fields.map((field) => [field, word]))),
  }
  return Object.keys(next).length > 0 ? next : undefined
}
