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
  const [most, setMost] = useState(0)
  const isWhole = most >= form.fields.size
  // What was chosen is seen first; hundreds of lists come a few at a time, and whoever goes on is not held up.
  useEffect(() => {
    if (!isWhole) startTransition(() => setMost(most + atOnce))
  }, [isWhole, most])
  return <Matrix form={form} value={value} set={set} most={isWhole ? Number.POSITIVE_INFINITY : most} />
}
const atOnce = 30

type SetWords = (fields: readonly string[], word: Word) => void

type MatrixProps = {
  readonly form: FormModel
  readonly value: FieldMask
  readonly set: SetWords
  /** How many fields are drawn already. */
  readonly most: number
}

const Matrix = memo(function Matrix({ form, value, set, most }: MatrixProps) {
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
  const begins = sections.map((_, at) => sections.slice(0, at).reduce((sum, { items }) => sum + items.length, 0))
  return (
    <div className={styles.matrix}>
      {sections.map((section, at) => {
        const room = most - (begins[at] ?? 0)
        if (room <= 0) return null
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
            {fields.slice(0, room).map((field) => {
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
