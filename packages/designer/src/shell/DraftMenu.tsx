import { BranchesOutlined, CheckOutlined, DeleteOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { ApiProblem } from '@tenon/runtime/contract'
import { client, useReason } from '@tenon/runtime/page'
import { Dialog, DropMenu } from '@tenon/runtime/ui'
import { Button, Input, type MenuProps } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import { draftName } from '../draft/draft-name.ts'
import { DiscardDraft } from './DiscardDraft.tsx'
import styles from './workshop.module.css'

type MenuItem = NonNullable<NonNullable<MenuProps['items']>[number]>

/** The drafts of the app side by side: which one is open, open another, make or throw away one. */
export function DraftMenu() {
  const { name, items, dialogs } = useDraftItems()
  return (
    <>
      <DropMenu menu={{ items: [...items] }}>
        <Button type="text" size="small" icon={<BranchesOutlined />}>
          {name}
          <DownOutlined aria-hidden />
        </Button>
      </DropMenu>
      {dialogs}
    </>
  )
}

/** The entries of a menu of drafts; what they ask stands in `dialogs`, outside of the menu. */
export function useDraftItems(): { name: string; items: readonly MenuItem[]; dialogs: ReactNode } {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const { app } = useParams({ from: '/$app' })
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [naming, setNaming] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const { data } = useQuery({ queryKey: ['design-drafts', app], queryFn: () => client.design.drafts(app) })
  const names = [...new Set(['main', ...(data?.items ?? []).map(({ name }) => name), session.name])]
  const name = draftName(t, session.name)
  const open = (draft: string) => navigate({ to: '.', search: draft === 'main' ? {} : { draft } })
  const discard = async () => {
    await client.design.removeDraft(app, session.name === 'main' ? undefined : session.name)
    cache.removeQueries({ queryKey: ['draft', app] })
    await cache.invalidateQueries({ queryKey: ['design-drafts', app] })
    if (session.name === 'main') location.reload()
    else await open('main')
  }
  const items: readonly MenuItem[] = [
    ...names.map((one) => ({
      key: `open:${one}`,
      label: draftName(t, one),
      icon: one === session.name ? <CheckOutlined /> : <span className={styles.untick} />,
      onClick: () => void open(one),
    })),
    { type: 'divider' as const },
    { key: 'new', label: t('draft.new'), icon: <PlusOutlined />, onClick: () => setNaming(true) },
    {
      key: 'discard',
      label: t('draft.discard'),
      icon: <DeleteOutlined />,
      danger: true,
      onClick: () => setDiscarding(true),
    },
  ]
  const dialogs = (
    <>
      {naming && <NameDraft taken={names} onClose={() => setNaming(false)} onMade={(made) => void open(made)} />}
      {discarding && <DiscardDraft name={name} onDiscard={discard} onClose={() => setDiscarding(false)} />}
    </>
  )
  return { name, items, dialogs }
}

type NameProps = {
  readonly taken: readonly string[]
  readonly onClose: () => void
  readonly onMade: (name: string) => void
}

/** A new draft begins as a copy of the one that is open. */
function NameDraft({ taken, onClose, onMade }: NameProps) {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const { app } = useParams({ from: '/$app' })
  const cache = useQueryClient()
  const reason = useReason()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string>()
  const make = async () => {
    const wanted = name.trim()
    if (wanted === '') return setProblem(t('draft.needName'))
    if (taken.includes(wanted)) return setProblem(t('draft.taken'))
    try {
      await session.settled()
      const view = await client.design.draft(app, session.name === 'main' ? undefined : session.name)
      const { files, baseVersion } = view
      // A draft nobody has edited yet is not there to be a copy of; it holds nothing but what is live.
      const copy = view.id === null ? {} : { copyOf: session.name }
      await client.design.putDraft(app, { files, baseVersion, revision: 0, ...copy }, wanted)
      await cache.invalidateQueries({ queryKey: ['design-drafts', app] })
      onClose()
      onMade(wanted)
    } catch (error) {
      // Somebody else has made one of that name meanwhile: it is not overwritten.
      const taken = error instanceof ApiProblem && error.code === 'draft.conflict'
      setProblem(taken ? t('draft.taken') : reason(error))
    }
  }
  return (
    <Dialog title={t('draft.new')} okText={t('create')} cancelText={t('cancel')} onOk={make} onCancel={onClose}>
      <label htmlFor="draft-name">{t('draft.name')}</label>
      <Input
        id="draft-name"
        autoFocus
        maxLength={60}
        value={name}
        status={problem ? 'error' : ''}
        onChange={(event) => {
          setName(event.target.value)
          setProblem(undefined)
        }}
        onPressEnter={() => void make()}
      />
      {problem && (
        <div role="alert" className={styles.fieldProblem}>
          {problem}
        </div>
      )}
    </Dialog>
  )
}
