import {
  ApiOutlined,
  DeleteOutlined,
  ExperimentOutlined,
  HistoryOutlined,
  MoreOutlined,
  PlayCircleOutlined,
  PlusOutlined,
  SearchOutlined,
} from '@ant-design/icons'
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import type { DesignProblem } from '@tenon/runtime/contract'
import { usePreferences } from '@tenon/runtime/page'
import { DropMenu } from '@tenon/runtime/ui'
import { Button, Input } from 'antd'
import { type KeyboardEvent, memo, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSteady } from '../builders/frame/use-steady.ts'
import { builders } from '../builders/index.tsx'
import { type Kind, kindNames } from '../builders/kinds.ts'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import { useProblems } from '../draft/use-problems.ts'
import { type Entry, useEntries } from './entries.ts'
import { NewDefinition } from './NewDefinition.tsx'
import { RemoveElement } from './RemoveElement.tsx'
import { useRoving } from './use-roving.ts'
import styles from './workshop.module.css'

const findKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'

type Props = { readonly over: boolean; readonly onClose: () => void }

/** Every definition of the app by kind, with its problems; find one, make one, copy or remove one. */
export function LeftColumn({ over, onClose }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const problems = useProblems()
  const navigate = useNavigate()
  const { app } = useParams({ from: '/$app' })
  const place = useLocation({ select: ({ pathname }) => pathname })
  const { container, ...roving } = useRoving(place)
  const keys = useId()
  const [find, setFind] = useState('')
  const [making, setMaking] = useState<{ kind: Kind; from?: Entry }>()
  const [removing, setRemoving] = useState<Entry>()
  const entries = useEntries(documents, locale, t('kind.app'))
  const wanted = find.trim().toLowerCase()
  const shown = useMemo(() => {
    const found = entries.filter(({ label, id }) => `${label} ${id}`.toLowerCase().includes(wanted))
    return new Map(kindNames.map((kind) => [kind, found.filter((entry) => entry.kind === kind)]))
  }, [entries, wanted])
  const { make } = useSteady({
    make: (kind: Kind, from?: Entry) => setMaking(from ? { kind, from } : { kind }),
  })
  const leaveFind = (event: KeyboardEvent) => {
    const rows = container.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []
    const first = event.key === 'ArrowDown' ? rows[0] : undefined
    if (!first) return
    event.preventDefault()
    first.focus()
  }
  return (
    <>
      {over && <button type="button" className={styles.veil} aria-label={t('hideColumn')} onClick={onClose} />}
      <nav
        ref={container}
        className={styles.column}
        data-over={over}
        aria-label={t('definitions')}
        aria-describedby={keys}
        {...roving}
      >
        <p id={keys} className={styles.said}>
          {t('columnKeys')}
        </p>
        <div className={styles.find} data-find>
          <Input
            size="small"
            allowClear
            suffix={over ? undefined : <kbd className={styles.key}>{findKey}</kbd>}
            aria-keyshortcuts="Control+K"
            prefix={<SearchOutlined aria-hidden />}
            placeholder={t('find')}
            aria-label={t('find')}
            value={find}
            onChange={(event) => setFind(event.target.value)}
            onKeyDown={leaveFind}
          />
        </div>
        <div className={styles.groups} data-rows>
          {kindNames.map((kind) => (
            <Group
              key={kind}
              kind={kind}
              entries={shown.get(kind) ?? []}
              problems={problems}
              hidesEmpty={wanted !== ''}
              onMake={make}
              onRemove={setRemoving}
            />
          ))}
        </div>
        <Foot />
      </nav>
      {making && <NewDefinition {...making} onClose={() => setMaking(undefined)} />}
      {removing && (
        <RemoveElement
          address={removing.path}
          label={removing.label}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => void navigate({ to: '/$app', params: { app } })}
        />
      )}
    </>
  )
}

const pages = [
  { to: '/$app/versions', icon: <HistoryOutlined />, text: 'versions.title' },
  { to: '/$app/recycle', icon: <DeleteOutlined />, text: 'recycle.title' },
  { to: '/$app/running', icon: <PlayCircleOutlined />, text: 'running.title' },
  { to: '/$app/replay', icon: <ExperimentOutlined />, text: 'replay.title' },
  { to: '/$app/calls', icon: <ApiOutlined />, text: 'calls.title' },
] as const

/** What is about the app whole: its versions, what was deleted, what is running, how its history would have gone. */
function Foot() {
  const { t } = useTranslation('designer')
  const { app } = useParams({ from: '/$app' })
  return (
    <ul className={styles.foot} data-rows>
      {pages.map(({ to, icon, text }) => (
        <li key={to} className={styles.entry}>
          <Link
            to={to}
            params={{ app }}
            search={(before) => (before.draft === undefined ? {} : { draft: before.draft })}
            className={styles.entryLink}
            data-row=""
            tabIndex={-1}
            activeProps={{ 'aria-current': 'page' }}
          >
            <span aria-hidden>{icon}</span>
            <span className={styles.entryName}>{t(text)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

type GroupProps = {
  readonly kind: Kind
  readonly entries: readonly Entry[]
  readonly problems: readonly DesignProblem[]
  readonly hidesEmpty: boolean
  readonly onMake: (kind: Kind, from?: Entry) => void
  readonly onRemove: (entry: Entry) => void
}

const Group = memo(function Group({ kind, entries, problems, hidesEmpty, onMake, onRemove }: GroupProps) {
  const { t } = useTranslation('designer')
  const { app, ...place } = useParams({ strict: false }) as { app: string; kind?: string; id?: string }
  if (hidesEmpty && entries.length === 0) return null
  const makes = builders[kind].fresh !== undefined
  const worst = (path: string) => {
    const own = problems.filter(({ file }) => file === path)
    if (own.some(({ severity }) => severity === 'error')) return 'error'
    return own.length > 0 ? 'warning' : undefined
  }
  return (
    <section className={styles.group}>
      {kind !== 'app' && (
        <div className={styles.groupHead}>
          <h2 className={styles.groupName}>{t(`kinds.${kind}`)}</h2>
          {makes && (
            <Button
              type="text"
              size="small"
              icon={<PlusOutlined />}
              aria-label={t('newOf', { kind: t(`kind.${kind}`) })}
              data-row=""
              tabIndex={-1}
              onClick={() => onMake(kind)}
            />
          )}
        </div>
      )}
      <ul className={styles.entries}>
        {entries.map((entry) => (
          <li key={entry.path} className={styles.entry} data-current={place.kind === kind && place.id === entry.id}>
            <Link
              to="/$app/$kind/$id"
              params={{ app, kind, id: entry.id }}
              search={(before) => (before.draft === undefined ? {} : { draft: before.draft })}
              className={styles.entryLink}
              data-row={entry.id}
              tabIndex={-1}
              aria-current={place.kind === kind && place.id === entry.id ? 'page' : undefined}
            >
              <span aria-hidden>{builders[kind].icon}</span>
              <span className={styles.entryName}>{entry.label}</span>
              {worst(entry.path) && (
                <span className={styles.mark} data-severity={worst(entry.path)} title={t('problems.some')} />
              )}
            </Link>
            {makes && (
              <DropMenu
                menu={{
                  items: [
                    { key: 'copy', label: t('duplicate'), onClick: () => onMake(kind, entry) },
                    { type: 'divider' },
                    { key: 'remove', label: t('remove'), danger: true, onClick: () => onRemove(entry) },
                  ],
                }}
              >
                <Button
                  type="text"
                  size="small"
                  className={styles.more ?? ''}
                  icon={<MoreOutlined />}
                  aria-label={t('moreOf', { name: entry.label })}
                  data-act
                  tabIndex={-1}
                />
              </DropMenu>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
})
