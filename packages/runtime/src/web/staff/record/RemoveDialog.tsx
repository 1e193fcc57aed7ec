import { Form, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalView } from '../../../contract/index.ts'
import type { Refs } from '../../../ui/environment.tsx'
import { Dialog } from '../../../ui/index.ts'

type Props = {
  readonly approval: ApprovalView
  readonly onCancel: () => void
  readonly onSend: (person: string) => Promise<boolean>
}

/** 减签: who is not to be asked any more. */
export function RemoveDialog({ approval, onCancel, onSend }: Props) {
  const { t } = useTranslation('staff')
  const refs = approval.refs as Refs
  const ids = approval.people.flatMap(({ person, removable }) => (removable && person !== null ? [person] : []))
  const [person, setPerson] = useState(ids[0] ?? '')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    if (await onSend(person)) onCancel()
    else setBusy(false)
  }
  const nameOf = (id: string) => {
    const ref = refs[id]
    return ref?.kind === 'user' ? ref.name : t('timeline.somebody')
  }
  return (
    <Dialog
      title={t('task.removeAssignee')}
      okText={t('task.removeAssignee')}
      okButtonProps={{ disabled: person === '', loading: busy }}
      onOk={() => void send()}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        <Form.Item label={t('approval.removeWho')} required>
          <Radio.Group
            value={person}
            onChange={(event) => setPerson(String(event.target.value))}
            options={[...new Set(ids)].map((id) => ({ value: id, label: nameOf(id) }))}
            style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
          />
        </Form.Item>
      </Form>
    </Dialog>
  )
}
