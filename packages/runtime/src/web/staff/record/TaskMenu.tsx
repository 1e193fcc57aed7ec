import {
  MoreOutlined,
  RollbackOutlined,
  SaveOutlined,
  StopOutlined,
  SwapOutlined,
  UndoOutlined,
  UserAddOutlined,
  UserDeleteOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import { Button, type MenuProps } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalView, TaskView } from '../../../contract/index.ts'
import { DropMenu } from '../../../ui/index.ts'
import { PersonDialog } from './PersonDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { ReturnDialog } from './ReturnDialog.tsx'
import type { Deeds } from './use-deeds.ts'

type Items = NonNullable<MenuProps['items']>
type Deed = 'transfer' | 'delegate' | 'addAssignee' | 'removeAssignee' | 'return'
type Props = {
  readonly task: TaskView | undefined
  readonly approval: ApprovalView | undefined
  /** My answer that can still be taken back. */
  readonly answer: TaskView | undefined
  readonly deeds: Deeds
  readonly phone: boolean
  /** Outcomes that found no place in the bar. */
  readonly more: Items
  readonly onRefuse: () => void
}

/** What else can be done with a task than answering it. */
export function TaskMenu({ task, approval, answer, deeds, phone, more, onRefuse }: Props) {
  const { t } = useTranslation('staff')
  const [open, setOpen] = useState<Deed | null>(null)
  const can = (deed: TaskView['can'][number]) => task?.can.includes(deed) === true
  const item = (key: Deed, icon: React.ReactNode, when = can(key)): Items =>
    when ? [{ key, icon, label: t(`task.${key}`), onClick: () => setOpen(key) }] : []
  const withdrawn = can('withdraw') ? task : answer
  const items: Items = [
    ...more,
    ...item('transfer', <SwapOutlined />),
    ...item('delegate', <UserSwitchOutlined />),
    ...item('addAssignee', <UserAddOutlined />),
    ...item(
      'removeAssignee',
      <UserDeleteOutlined />,
      can('removeAssignee') && (approval?.people.some(({ removable }) => removable) ?? false),
    ),
    ...item('return', <RollbackOutlined />, can('return') && (approval?.targets.length ?? 0) > 0),
    ...(can('refuse') ? [{ key: 'refuse', icon: <StopOutlined />, label: t('task.refuse'), onClick: onRefuse }] : []),
    ...(can('saveDraft')
      ? [{ key: 'draft', icon: <SaveOutlined />, label: t('task.saveDraft'), onClick: deeds.saveDraft }]
      : []),
    ...(withdrawn
      ? [
          {
            key: 'withdraw',
            icon: <UndoOutlined />,
            label: t('task.withdraw'),
            onClick: () => void deeds.withdraw(withdrawn.id),
          },
        ]
      : []),
  ]
  if (items.length === 0) return null
  const close = () => setOpen(null)
  return (
    <>
      <DropMenu placement={phone ? 'topRight' : 'bottomRight'} menu={{ items }}>
        <Button size={phone ? 'large' : 'middle'} icon={<MoreOutlined />} aria-label={t('record.more')} />
      </DropMenu>
      {(open === 'transfer' || open === 'delegate' || open === 'addAssignee') && (
        <PersonDialog
          deed={open}
          onCancel={close}
          onSend={(to, comment, position) => deeds.give(open, to, comment, position)}
        />
      )}
      {open === 'return' && approval && <ReturnDialog approval={approval} onCancel={close} onSend={deeds.giveBack} />}
      {open === 'removeAssignee' && approval && (
        <RemoveDialog approval={approval} onCancel={close} onSend={deeds.takeAway} />
      )}
    </>
  )
}
