import { resolveText } from '@tenon/engine'
import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalView } from '../../../contract/index.ts'
import { type Refs, useUi } from '../../../ui/environment.tsx'
import { Dialog } from '../../../ui/index.ts'

type Mode = 'again' | 'back'
type Props = {
  readonly approval: ApprovalView
  readonly onCancel: () => void
  readonly onSend: (to: string, mode: Mode, comment: string) => Promise<boolean>
}

/** 退回: to which step that was done, and how the flow goes on from there. */
export function ReturnDialog({ approval, onCancel, onSend }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const { targets } = approval
  const refs = approval.refs as Refs
  const [to, setTo] = useState(targets[0]?.node ?? '')
  const [mode, setMode] = useState<Mode>('again')
  const [comment, setComment] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const missing = comment.trim() === ''
  const send = async () => {
    setTried(true)
    if (missing || to === '') return
    setBusy(true)
    if (await onSend(to, mode, comment.trim())) onCancel()
    else setBusy(false)
  }
  const nameOf = (person: string | null) => {
    const ref = person === null ? undefined : refs[person]
    return ref?.kind === 'user' ? ref.name : ''
  }
  const label = ({ node, label: text, person }: ApprovalView['targets'][number]) => {
    const name = nameOf(person)
    return `${resolveText(text, locale) || node}${name ? ` · ${name}` : ''}`
  }
  return (
    <Dialog
      title={t('task.return')}
      okText={t('task.return')}
      okButtonProps={{ danger: true, loading: busy }}
      onOk={() => void send()}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        <Form.Item label={t('approval.returnTo')} required>
          <Radio.Group
            value={to}
            onChange={(event) => setTo(String(event.target.value))}
            options={targets.map((target) => ({ value: target.node, label: label(target) }))}
            style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
          />
        </Form.Item>
        <Form.Item label={t('approval.afterwards')}>
          <Radio.Group
            value={mode}
            onChange={(event) => setMode(event.target.value as Mode)}
            options={(['again', 'back'] as const).map((value) => ({ value, label: t(`approval.modes.${value}`) }))}
            style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
          />
        </Form.Item>
        <Form.Item
          label={t('approval.returnWhy')}
          htmlFor="return-why"
          required
          validateStatus={tried && missing ? 'error' : ''}
          help={tried && missing ? t('approval.returnWhyMissing') : ''}
        >
          <Input.TextArea
            id="return-why"
            rows={3}
            className="grows"
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
