import { isObject, type TextValue } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../contract.ts'
import styles from './controls.module.css'
import { TemplateFields } from './TemplateFields.tsx'

const languages = ['zh-CN', 'en'] as const
type Language = (typeof languages)[number]
type Texts = { readonly [language: string]: string }

const textsOf = (value: TextValue | undefined, first: Language): Texts =>
  isObject(value) ? (value as Texts) : typeof value === 'string' ? { [first]: value } : {}

/** What is written: only the languages that say something; one plain text stays one. */
function written(
  before: TextValue | undefined,
  language: Language,
  text: string,
  first: Language,
): TextValue | undefined {
  const { [language]: _old, ...others } = textsOf(before, first)
  const all: Texts = text === '' ? others : { ...others, [language]: text }
  if (Object.keys(all).length === 0) return undefined
  if (typeof before === 'string' && Object.keys(all).length === 1 && all[first] !== undefined) return all[first]
  // Chinese first, as the canonical text has it.
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => order(one) - order(other)))
}
const order = (language: string) => {
  const at = (languages as readonly string[]).indexOf(language)
  return at < 0 ? languages.length : at
}

type Props = ControlProps<TextValue> & { readonly template?: boolean }

/** A text in both languages: the reader's own is open, the other one folded until it is wanted. */
export function TextControl({ value, onChange, id, label, scope, template = false }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const other: Language = locale === 'en' ? 'zh-CN' : 'en'
  const [open, setOpen] = useState(false)
  const texts = textsOf(value, 'zh-CN')
  const line = (language: Language, isFirst: boolean) => (
    <div className={styles.textLine}>
      <Input.TextArea
        {...(isFirst && id ? { id } : {})}
        aria-label={isFirst ? label : `${label ?? ''} ${t(`language.${language}`)}`}
        rows={1}
        className={styles.growing ?? ''}
        value={texts[language] ?? ''}
        placeholder={isFirst ? '' : t(`language.${language}`)}
        onChange={(event) => onChange(written(value, language, event.target.value, 'zh-CN'))}
      />
      {template && (
        <TemplateFields
          scope={scope}
          onPick={(path) => onChange(written(value, language, `${texts[language] ?? ''}{{${path}}}`, 'zh-CN'))}
        />
      )}
    </div>
  )
  return (
    <div className={styles.texts}>
      {line(locale === 'en' ? 'en' : 'zh-CN', true)}
      {open ? (
        line(other, false)
      ) : (
        <Button type="link" size="small" className={styles.quiet ?? ''} onClick={() => setOpen(true)}>
          {texts[other]
            ? `${t(`language.${other}`)}：${texts[other]}`
            : t('addLanguage', { language: t(`language.${other}`) })}
        </Button>
      )}
    </div>
  )
}
