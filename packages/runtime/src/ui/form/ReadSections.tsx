import { type FormModel, fieldLabel, type RecordData } from '@tenon/engine'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import { FieldValueView, isBlank } from '../fields/FieldValueView.tsx'
import { ShownFormProvider } from '../show/ShownForm.tsx'
import styles from './form.module.css'
import { LinkCard } from './LinkCard.tsx'
import { SectionFrame } from './SectionFrame.tsx'
import { sectionsOf, sectionTitle } from './sections.ts'
import { TabbedSections } from './TabbedSections.tsx'

type Props = {
  readonly form: FormModel
  readonly values: RecordData
  /** Fields to leave out, for example those being edited above. */
  readonly without?: (field: string) => boolean
  readonly folded?: boolean
}

/** A record to read, section by section; blank fields stay, so that one sees what could be filled in. */
export function ReadSections({ form, values, without, folded = false }: Props) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const sections = useMemo(() => sectionsOf(form), [form])
  return (
    <ShownFormProvider form={form}>
      <div className={styles.form}>
        <TabbedSections
          form={form}
          sections={sections}
          draw={(section) => {
            const items = section.items.filter(({ field }) => form.fields.has(field) && !without?.(field))
            if (items.length === 0) return null
            const label = sectionTitle(section, sections.length, locale, t('otherFields'))
            return (
              <SectionFrame
                key={section.id}
                title={label}
                collapsed={folded || section.collapsed}
                foldable
                count={items.filter(({ field }) => !isBlank(values[field])).length}
              >
                <div className={`${styles.grid} ${styles.readGrid}`} data-columns={section.columns}>
                  {items.map(({ field, span }) => {
                    const model = form.fields.get(field)
                    if (!model) return null
                    const value = values[field]
                    return (
                      <div key={field} className={styles.cell} data-span={span}>
                        <span className={styles.label}>{fieldLabel(model, locale)}</span>
                        <div className={styles.value}>
                          <FieldValueView field={model} value={value} />
                          {model.target?.kind === 'record' && typeof value === 'string' && (
                            <LinkCard field={model} id={value} />
                          )}
                        </div>
                      </div>
                    )
                  })}
                </div>
              </SectionFrame>
            )
          }}
        />
      </div>
    </ShownFormProvider>
  )
}
