import { type FormModel, fieldLabel, formSchema, type SchemaSection } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Select } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './panel.module.css'

const fieldWords = ['hidden', 'read', 'edit', 'required'] as const
type FieldWord = (typeof fieldWords)[number]
export type FieldMask = { readonly [field: string]: FieldWord }

type Props = {
  readonly form: FormModel
  readonly value: FieldMask | undefined
  readonly onChange: (next: FieldMask | undefined) => void
}

/** What the person sees and must fill at this step, field by field, in the sections of the form. */
export function FieldMatrix({ form, value = {}, onChange }: Props) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const sections = useMemo(() => {
    const rights = new Map([...form.fields.keys()].map((field) => [field, 'read' as const]))
    const { uiSchema } = formSchema(form, { mode: 'view', rights, locale })
    return (uiSchema['ui:options'] as unknown as { readonly sections: readonly SchemaSection[] }).sections
  }, [form, locale])
  const set = (fields: readonly string[], word: FieldWord | 'usual') => onChange(withWords(value, fields, word))
  const options = (['usual', ...fieldWords] as const).map((word) => ({ value: word, label: t(`fieldWord.${word}`) }))
  return (
    <div className={styles.matrix}>
      {sections.map((section) => {
        const fields = section.items.map(({ field }) => field)
        const words = new Set(fields.map((field) => value[field] ?? 'usual'))
        const [only] = words
        return (
          <section key={section.id} aria-label={section.label}>
            <div className={styles.matrixHead}>
              <span>{section.label || t('otherFields')}</span>
              <Select
                size="small"
                variant="borderless"
                className={styles.word ?? ''}
                value={words.size === 1 ? (only ?? null) : null}
                placeholder={t('setAll')}
                aria-label={t('setAllOf', { name: section.label })}
                options={options}
                onChange={(word) => word !== null && set(fields, word as FieldWord | 'usual')}
              />
            </div>
            {fields.map((field) => {
              const model = form.fields.get(field)
              if (!model) return null
              const name = fieldLabel(model, locale)
              return (
                <div key={field} className={styles.matrixRow}>
                  <span className={styles.matrixName}>{name}</span>
                  <Select
                    size="small"
                    variant="filled"
                    className={styles.word ?? ''}
                    data-word={value[field] ?? 'usual'}
                    value={value[field] ?? 'usual'}
                    aria-label={t('fieldAt', { name })}
                    options={options}
                    onChange={(word) => set([field], word as FieldWord | 'usual')}
                  />
                </div>
              )
            })}
          </section>
        )
      })}
    </div>
  )
}

/** The matrix with these fields said otherwise; nothing said about any field is no matrix at all. */
function withWords(mask: FieldMask, fields: readonly string[], word: FieldWord | 'usual'): FieldMask | undefined {
  const changed = new Set(fields)
  const rest = Object.entries(mask).filter(([field]) => !changed.has(field) || word !== 'usual')
  const next = {
    ...Object.fromEntries(rest),
    ...(word === 'usual' ? {} : Object.fromEntries(fields.map((field) => [field, word]))),
  }
  return Object.keys(next).length > 0 ? next : undefined
}
