import type { TextValue } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, textsOf, withLanguage } from '../../edits/text-languages.ts'
import type { ControlProps } from '../contract.ts'
import styles from './controls.module.css'
import { TemplateFields } from './TemplateFields.tsx'
import { ToldTemplate } from './ToldTemplate.tsx'

type Props = ControlProps<TextValue> & { readonly template?: boolean }

/** A text in both languages: the reader's own is open, the other one folded until it is wanted. */
export function TextControl({ value, onChange, id, label, scope, template = false }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const other: Language = locale === 'en' ? 'zh-CN' : 'en'
  const [open, setOpen] = useState(false)
  const texts = textsOf(value)
  const line = (language: Language, isFirst: boolean) => (
    <>
      <div className={styles.textLine}>
        <Input.TextArea
          {...(isFirst && id ? { id } : {})}
          aria-label={isFirst ? label : `${label ?? ''} ${t(`language.${language}`)}`}
          rows={1}
          className={styles.growing ?? ''}
          value={texts[language] ?? ''}
          placeholder={isFirst ? '' : t(`language.${language}`)}
          onChange={(event) => onChange(withLanguage(value, language, event.target.value))}
        />
        {template && (
          <TemplateFields
            scope={scope}
            onPick={(path) => onChange(withLanguage(value, language, `${texts[language] ?? ''}{{${path}}}`))}
          />
        )}
      </div>
      {template && <ToldTemplate text={texts[language] ?? ''} scope={scope} />}
    </>
  )
  return (
    <div className={styles.texts}>
      {line(locale === 'en' ? 'en' : 'zh-CN', true)}
      {open ? (
        line(other, false)
      ) : (
        <Button type="link" size="small" className={styles.quiet ?? ''} onClick={() => setOpen(true)}>
          {texts[other]
            ? t('inLanguage', { language: t(`language.${other}`), text: texts[other] })
            : t('addLanguage', { language: t(`language.${other}`) })}
        </Button>
      )}
    </div>
  )
}
