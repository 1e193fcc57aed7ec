import { Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../ui/index.ts'

type Props = {
  readonly label: string
  readonly danger: boolean
  /** What the text is called; absent: a comment. */
  readonly asks?: string
  readonly onCancel: () => void
  readonly onSend: (comment: string) => Promise<boolean>
}

/** The comment an outcome asks for, or the reason of a refusal. */
export function OutcomeDialog({ label, danger, asks, onCancel, onSend }: Props) {
  const { t } = useTranslation('staff')
  const [comment, setComment] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const missing = comment.trim() === ''
  const send = async () => {
    setTried(true)
    if (missing) return
    setBusy(true)
    await onSend(comment.trim())
    // Refused or not, what is to be seen next stands on the page behind.
    onCancel()
  }
  return (
    <Dialog
      title={label}
      okText={label}
      okButtonProps={{ danger, loading: busy }}
      onOk={() => void send()}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        <Form.Item
          label={asks ?? t('task.comment')}
          htmlFor="outcome-comment"
          required
          validateStatus={tried && missing ? 'error' : ''}
          help={tried && missing ? t('task.commentMissing') : ''}
        >
          <Input.TextArea
            id="outcome-comment"
            autoFocus
            rows={3}
            className="grows"
            value={comment}
            maxLength={20_000}
            onChange={(event) => setComment(event.target.value)}
          />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
