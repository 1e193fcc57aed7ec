import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../../ui/controls/RemoteSelect.tsx'
import { type Ref, useUi } from '../../../ui/environment.tsx'

type Props = {
  readonly onCancel: () => void
  readonly onSend: (to: string, comment: string | undefined) => Promise<boolean>
}
const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')

/** Hands a task to a colleague, with a word for her. */
export function TransferDialog({ onCancel, onSend }: Props) {
  const { t } = useTranslation('staff')
  const { searchPeople } = useUi()
  const [to, setTo] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (!to) return
    setBusy(true)
    if (await onSend(to, comment.trim() || undefined)) onCancel()
    else setBusy(false)
  }
  return (
    <Modal
      open
      title={t('task.transfer')}
      okText={t('task.transfer')}
      okButtonProps={{ disabled: to === null, loading: busy }}
      onOk={() => void send()}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        <Form.Item label={t('task.transferTo')} htmlFor="transfer-to" required>
          <RemoteSelect
            id="transfer-to"
            value={to}
            onChange={setTo}
            search={searchPeople}
            labelOf={nameOf}
            placeholder={t('task.transferPlaceholder')}
            autoFocus
          />
        </Form.Item>
        <Form.Item label={t('task.transferWhy')} htmlFor="transfer-why">
          <Input.TextArea
            id="transfer-why"
            rows={2}
            className="grows"
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
