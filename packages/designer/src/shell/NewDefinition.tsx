import { useNavigate, useParams } from '@tanstack/react-router'
import { isObject } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Checkbox, Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { builders } from '../builders/index.tsx'
import { type Kind, pathOf, placeOf } from '../builders/kinds.ts'
import { withDocument } from '../draft/documents.ts'
import { useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { freshId } from '../edits/fresh-id.ts'
import { isRetired } from '../edits/retired.ts'
import { withNavigation } from '../edits/with-navigation.ts'
import { type GivenNames, labelGiven, NameInputs } from './NameInputs.tsx'

type Props = {
  readonly kind: Kind
  /** The definition to copy; absent: a new one. */
  readonly from?: { readonly id: string; readonly path: string; readonly label: string }
  readonly onClose: () => void
}
type Given = GivenNames & { readonly form?: string; readonly shown?: boolean }

/** Kinds that staff open from the left bar. */
const isPlace = (kind: Kind): kind is 'form' | 'board' => kind === 'form' || kind === 'board'

/** Makes a definition, or a copy of one, and opens it. */
export function NewDefinition({ kind, from, onClose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const documents = useDraftPart((state) => state.documents)
  const navigate = useNavigate()
  const { app } = useParams({ from: '/$app' })
  const [form] = Form.useForm<Given>()
  const [busy, setBusy] = useState(false)
  const forms = Object.keys(documents).flatMap((path) => {
    const place = placeOf(path)
    return place?.kind === 'form' ? [{ value: place.id, label: labelOf(documents[path], locale, place.id) }] : []
  })
  const title = from ? t('copyOf', { name: from.label }) : t('newOf', { kind: t(`kind.${kind}`) })

  const make = async () => {
    const given = await form.validateFields().catch(() => undefined)
    if (!given || busy) return
    setBusy(true)
    const label = labelGiven(given)
    const isTaken = (path: string) => documents[path] !== undefined || isRetired(documents, path)
    const id = freshId(given.en || given.zh || '', kind, (name) => isTaken(pathOf(kind, name)))
    const original = from ? documents[from.path] : undefined
    const document = isObject(original)
      ? { ...original, id, label }
      : builders[kind].fresh?.({ id, label, form: given.form ?? '', documents })
    session.edit(title, (all) => {
      const made = withDocument(all, pathOf(kind, id), document)
      return isPlace(kind) && given.shown ? withNavigation(made, { kind, id, label }) : made
    })
    onClose()
    await navigate({
      to: '/$app/$kind/$id',
      params: { app, kind, id },
      search: session.name === 'main' ? {} : { draft: session.name },
    })
    // Whoever has no pointer goes on in what was made, not at the top of the page.
    window.document.querySelector<HTMLElement>('main')?.focus()
  }
  return (
    <Dialog
      title={title}
      okText={t('create')}
      cancelText={t('cancel')}
      onOk={() => void make()}
      onCancel={onClose}
      confirmLoading={busy}
      focusable={{ focusTriggerAfterClose: false }}
    >
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{
          shown: true,
          [locale === 'en' ? 'en' : 'zh']: from ? t('copyName', { name: from.label }) : '',
          form: forms[0]?.value,
        }}
        onFinish={() => void make()}
      >
        <NameInputs onEnter={() => void make()} />
        {builders[kind].needsForm && !from && (
          <Form.Item name="form" label={t('aboutForm')} rules={[{ required: true, message: t('needForm') }]}>
            <Select options={forms} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
        )}
        {isPlace(kind) && (
          <Form.Item name="shown" valuePropName="checked">
            <Checkbox>{t('inNavigation')}</Checkbox>
          </Form.Item>
        )}
      </Form>
    </Dialog>
  )
}
