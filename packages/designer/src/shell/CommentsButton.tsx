import { CommentOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { elementsOf } from '@tenon/engine'
import type { DesignComment } from '@tenon/runtime/contract'
import { client, Failed, Nothing, usePreferences, useReason } from '@tenon/runtime/page'
import { Moment } from '@tenon/runtime/ui'
import { Badge, Button, Checkbox, Drawer, Input, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments, useDraftSession } from '../draft/draft-context.tsx'
import { placeName } from '../draft/place-name.ts'
import styles from './comments.module.css'
import { useGoTo } from './go-to.ts'
import { splitAddress, useHere } from './here.ts'

/** Opens what people say, and says how much of it waits. */
export function CommentsButton() {
  const { t } = useTranslation('designer')
  const [open, setOpen] = useState(false)
  const { waiting } = useComments()
  return (
    <>
      <Tooltip title={t('comments.title')}>
        <Badge count={waiting} size="small" offset={[-6, 6]}>
          <Button
            type="text"
            icon={<CommentOutlined />}
            aria-label={t('comments.button', { count: waiting })}
            onClick={() => setOpen(true)}
          />
        </Badge>
      </Tooltip>
      <CommentsDrawer open={open} onClose={() => setOpen(false)} />
    </>
  )
}

/** The comments of the app, and how many are not resolved. */
export function useComments() {
  const { app } = useDraftSession()
  const { data, error } = useQuery({
    queryKey: ['design-comments', app],
    queryFn: () => client.design.comments(app),
  })
  const items = data?.items ?? []
  return { items, error, waiting: items.filter(({ resolvedAt }) => resolvedAt === null).length }
}

type DrawerProps = { readonly open: boolean; readonly onClose: () => void }

/** What people say about definitions and their elements. */
export function CommentsDrawer({ open, onClose }: DrawerProps) {
  const { t } = useTranslation('designer')
  const { items, error } = useComments()
  return (
    <Drawer open={open} onClose={onClose} title={t('comments.title')} size={380} mask={false}>
      {error && <Failed error={error} />}
      {open && <Comments items={items} />}
    </Drawer>
  )
}

function Comments({ items }: { items: readonly DesignComment[] }) {
  const { t } = useTranslation('designer')
  const [all, setAll] = useState(false)
  const shown = items.filter(({ resolvedAt }) => all || resolvedAt === null).toReversed()
  return (
    <div className={styles.panel}>
      <Composer />
      <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
        {t('comments.resolvedToo')}
      </Checkbox>
      {shown.length === 0 && <Nothing title={t('comments.none')} hint={t('comments.noneHint')} />}
      <ul className={styles.list}>
        {shown.map((comment) => (
          <Comment key={comment.id} comment={comment} />
        ))}
      </ul>
    </div>
  )
}

function usePlaceName() {
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  return (address: string) => placeName(documents, splitAddress(address), locale)
}

/** A comment on what is chosen, or on the definition that is open. */
function Composer() {
  const { t } = useTranslation('designer')
  const here = useHere()
  const nameOf = usePlaceName()
  const session = useDraftSession()
  const cache = useQueryClient()
  const reason = useReason()
  const [body, setBody] = useState('')
  const send = useMutation({
    mutationFn: () => client.design.comment(session.app, { place: here ?? 'app.json', body: body.trim() }),
    onSuccess: (answer) => {
      setBody('')
      cache.setQueryData(['design-comments', session.app], answer)
    },
  })
  return (
    <div className={styles.composer}>
      <span className={styles.place}>{t('comments.about', { name: nameOf(here ?? 'app.json') })}</span>
      <Input.TextArea
        className="grows"
        value={body}
        maxLength={4000}
        aria-label={t('comments.write')}
        placeholder={t('comments.write')}
        onChange={(event) => setBody(event.target.value)}
      />
      {send.error && (
        <span role="alert" className={styles.problem}>
          {reason(send.error)}
        </span>
      )}
      <Button
        type="primary"
        size="small"
        disabled={body.trim() === ''}
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        {t('comments.send')}
      </Button>
    </div>
  )
}

function Comment({ comment }: { comment: DesignComment }) {
  const { t } = useTranslation('designer')
  const nameOf = usePlaceName()
  const session = useDraftSession()
  const cache = useQueryClient()
  const goTo = useGoTo()
  const documents = useCalmDocuments()
  const resolve = useMutation({
    mutationFn: () => client.design.resolveComment(session.app, comment.id, comment.resolvedAt === null),
    onSuccess: (answer) => cache.setQueryData(['design-comments', session.app], answer),
  })
  const open = () => {
    const { file, at } = splitAddress(comment.place)
    goTo(file, elementsOf(documents[file]).find(({ address }) => address === at)?.path)
  }
  return (
    <li className={styles.comment} data-resolved={comment.resolvedAt !== null}>
      <button type="button" className={styles.link} onClick={open}>
        {nameOf(comment.place)}
      </button>
      <p className={styles.body}>{comment.body}</p>
      <div className={styles.foot}>
        <span>
          {comment.by ?? t('versions.system')} · <Moment at={comment.at} />
        </span>
        <Button type="link" size="small" loading={resolve.isPending} onClick={() => resolve.mutate()}>
          {comment.resolvedAt === null ? t('comments.resolve') : t('comments.reopen')}
        </Button>
      </div>
    </li>
  )
}
