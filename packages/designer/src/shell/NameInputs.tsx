import { usePreferences } from '@tenon/runtime/page'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'

export type GivenNames = { readonly zh?: string; readonly en?: string }

/** The label somebody gave: in both languages, or a text for all. */
export const labelGiven = ({ zh, en }: GivenNames) => (zh && en ? { 'zh-CN': zh, en } : (zh ?? '') || (en ?? ''))

/** A name in the reader's own language, and if wanted in the other one. */
export function NameInputs({ onEnter }: { readonly onEnter: () => void }) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const inputs = { zh: t('nameChinese'), en: t('nameEnglish') }
  const [own, other] = locale === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const)
  return (
    <>
      <Form.Item name={own} label={inputs[own]} rules={[{ required: true, whitespace: true, message: t('needName') }]}>
        <Input autoFocus maxLength={80} onPressEnter={onEnter} />
      </Form.Item>
      <Form.Item name={other} label={inputs[other]} extra={t('nameOtherHint')}>
        <Input maxLength={80} onPressEnter={onEnter} />
      </Form.Item>
    </>
  )
}
