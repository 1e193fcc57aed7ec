import {
  CommentOutlined,
  DeploymentUnitOutlined,
  FieldTimeOutlined,
  MoreOutlined,
  RedoOutlined,
} from '@ant-design/icons'
import { DropMenu, Initial } from '@tenon/runtime/ui'
import { Badge, Button, Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { HistoryDrawer } from '../history/HistoryButton.tsx'
import { CommentsDrawer, useComments } from './CommentsButton.tsx'
import { useDraftItems } from './DraftMenu.tsx'
import { useHere } from './here.ts'
import { usePeople } from './People.tsx'
import { usePersonItems } from './PersonMenu.tsx'
import { Usages, useUsable } from './WhereUsedButton.tsx'
import styles from './workshop.module.css'

type Panel = 'usages' | 'history' | 'comments'

/** What the bar has no room for on a phone: do again, where used, history, comments, drafts, who else is here, who I am. */
export function PhoneMenu() {
  const { t } = useTranslation('designer')
  const [panel, setPanel] = useState<Panel>()
  const session = useDraftSession()
  const canRedo = useDraftPart((state) => state.canRedo)
  const here = useHere()
  const usable = useUsable()
  const people = usePeople()
  const { waiting } = useComments()
  const drafts = useDraftItems()
  const own = usePersonItems()
  const close = () => setPanel(undefined)
  const entry = (key: Panel, label: string, icon: ReactNode) => ({
    key,
    label,
    icon,
    onClick: () => setPanel(key),
  })
  const items = [
    {
      key: 'redo',
      label: t('redo'),
      icon: <RedoOutlined key="icon" />,
      disabled: !canRedo,
      onClick: () => void session.redo(),
    },
    ...(usable === undefined ? [] : [entry('usages', t('usages.title'), <DeploymentUnitOutlined key="icon" />)]),
    ...(here === undefined ? [] : [entry('history', t('history.title'), <FieldTimeOutlined key="icon" />)]),
    entry(
      'comments',
      waiting === 0 ? t('comments.title') : t('comments.button', { count: waiting }),
      <CommentOutlined key="icon" />,
    ),
    { key: 'drafts', type: 'group' as const, label: t('draft.title'), children: [...drafts.items] },
    ...(people.length === 0
      ? []
      : [
          {
            key: 'people',
            type: 'group' as const,
            label: t('alsoHereAll'),
            children: people.map(({ user, name }) => ({
              key: user,
              label: name,
              icon: <Initial key="icon" name={name} />,
              disabled: true,
            })),
          },
        ]),
    { key: 'own', type: 'divider' as const },
    ...own,
  ]
  return (
    <>
      <DropMenu menu={{ items, className: styles.phoneMenu ?? '' }} placement="bottomRight">
        <Badge dot={waiting > 0} offset={[-8, 8]}>
          <Button type="text" icon={<MoreOutlined />} aria-label={t('more')} />
        </Badge>
      </DropMenu>
      {drafts.dialogs}
      <HistoryDrawer open={panel === 'history'} onClose={close} />
      <CommentsDrawer open={panel === 'comments'} onClose={close} />
      <Drawer open={panel === 'usages'} onClose={close} title={t('usages.title')} placement="bottom" mask={false}>
        {panel === 'usages' && usable !== undefined && <Usages address={usable} onLeave={close} />}
      </Drawer>
    </>
  )
}
