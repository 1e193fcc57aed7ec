import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../../ui/controls/RemoteSelect.tsx'
import { type Ref, useUi } from '../../../ui/environment.tsx'
import { Dialog } from '../../../ui/index.ts'

const positions = ['before', 'after', 'parallel'] as const
export type Position = (typeof positions)[number]
type Props = {
  /** What is done: transfer, delegate or addAssignee. */
  readonly deed: 'transfer' | 'delegate' | 'addAssignee'
  readonly onCancel: () => void
  readonly onSend: (to: string, comment: string | undefined, position: Position) => Promise<boolean>
}
const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')

/** Picks a colleague for a task, with a word for her. */
export function PersonDialog({ deed, onCancel, onSend }: Props) {
  const { t } = useTranslation('staff')
  const { searchPeople } = useUi()
  const [to, setTo] = useState<string | null>(null)
  const [position, setPosition] = useState<Position>('before')
  const [comment, setComment] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (!to) return
    setBusy(true)
    if (await onSend(to, comment.trim() || undefined, position)) onCancel()
    else setBusy(false)
  }
  return (
    <Dialog
      title={t(`task.${deed}`)}
      okText={t(`task.${deed}`)}
      okButtonProps={{ disabled: to === null, loading: busy }}
      onOk={() => void send()}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        {deed !== 'transfer' && <p>{t(`approval.${deed}Hint`)}</p>}
        <Form.Item label={t(`task.${deed}To`)} htmlFor="task-to" required>
          <RemoteSelect
            id="task-to"
            value={to}
            onChange={setTo}
            search={searchPeople}
            labelOf={nameOf}
            placeholder={t('task.transferPlaceholder')}
            autoFocus
          />
        </Form.Item>
        {deed === 'addAssignee' && (
          <Form.Item label={t('approval.position')}>
            <Radio.Group
              value={position}
              onChange={(event) => setPosition(event.target.value as Position)}
              options={positions.map((value) => ({ value, label: t(`approval.positions.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item label={t('task.transferWhy')} htmlFor="task-why">
          <Input.TextArea
            id="task-why"
            rows={2}
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
