import {
  FileTextOutlined,
  HighlightOutlined,
  PlusOutlined,
  RightOutlined,
  ThunderboltOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import { Modal } from 'antd'
import {
  createContext,
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useApps } from './apps.ts'
import { useChooseLocale } from './choose-locale.ts'
import { client } from './client.ts'
import { creatables } from './creatables.ts'
import styles from './layout.module.css'
import { entryGroups } from './navigation.ts'
import { places } from './places.ts'
import { setPreferences, usePreferences } from './preferences.ts'
import { adminPages } from './SideBar.tsx'
import { useSession, useSignOut } from './session.tsx'
import { useDelayed } from './use-delayed.ts'

const Opener = createContext<{ readonly open: () => void }>({ open: () => {} })
export const usePalette = () => useContext(Opener)

type Hit = {
  readonly key: string
  readonly group: string
  readonly icon: ReactNode
  readonly text: string
  readonly hint?: string
  readonly run: () => void
}

/** Ctrl/⌘-K anywhere: records by number, phone or name; pages; actions. */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('shell')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setOpen(true)
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  const opener = useMemo(() => ({ open: () => setOpen(true) }), [])
  return (
    <Opener value={opener}>
      {children}
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        closable={false}
        destroyOnHidden
        width={600}
        style={{ top: 80 }}
        styles={{ container: { padding: 0 } } as never}
        aria-label={t('search')}
      >
        <Palette close={() => setOpen(false)} />
      </Modal>
    </Opener>
  )
}

function useActions(close: () => void): readonly Hit[] {
  const { t } = useTranslation('shell')
  const { locale } = usePreferences()
  const { apps } = useApps()
  const { user } = useSession()
  const navigate = useNavigate()
  const chooseLocale = useChooseLocale()
  const signOut = useSignOut()
  const go = (to: string) => () => {
    close()
    void navigate({ to })
  }
  const pages = entryGroups(apps, locale).flatMap(({ entries }) => entries)
  return [
    ...pages.map(
      (entry): Hit => ({
        key: entry.key,
        group: t('palette.pages'),
        icon: <RightOutlined />,
        text: entry.label,
        run: go(entry.to),
      }),
    ),
    ...(user.admin
      ? adminPages.map(
          ({ page, icon }): Hit => ({
            key: `admin/${page}`,
            group: t('palette.pages'),
            icon,
            text: t(`adminPage.${page}`),
            run: go(places.admin(page)),
          }),
        )
      : []),
    ...apps
      .filter(({ can }) => can.includes('design'))
      .map(
        (app): Hit => ({
          key: `design/${app.id}`,
          group: t('palette.pages'),
          icon: <HighlightOutlined />,
          text: t('designOf', { app: resolveText(app.label, locale) }),
          run: () => {
            close()
            location.assign(places.design(app.id))
          },
        }),
      ),
    ...creatables(apps).map(
      ({ app, form, label }): Hit => ({
        key: `new/${app}/${form}`,
        group: t('palette.actions'),
        icon: <PlusOutlined />,
        text: t('createOne', { what: resolveText(label, locale) }),
        run: go(places.create(app, form)),
      }),
    ),
    {
      key: 'locale',
      group: t('palette.actions'),
      icon: <ThunderboltOutlined />,
      text: locale === 'en' ? '切换到中文' : 'Switch to English',
      run: () => {
        close()
        void chooseLocale(locale === 'en' ? 'zh-CN' : 'en')
      },
    },
    ...(['light', 'dark'] as const).map(
      (theme): Hit => ({
        key: theme,
        group: t('palette.actions'),
        icon: <ThunderboltOutlined />,
        text: t(`theme.${theme}`),
        run: () => {
          close()
          setPreferences({ theme })
        },
      }),
    ),
    {
      key: 'out',
      group: t('palette.actions'),
      icon: <ThunderboltOutlined />,
      text: t('signOut'),
      run: () => {
        close()
        void signOut()
      },
    },
  ]
}

function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation('shell')
  const { locale } = usePreferences()
  const { apps } = useApps()
  const navigate = useNavigate()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDelayed(q.trim(), 150)
  const found = useQuery({
    queryKey: ['search', asked],
    enabled: asked.length > 0,
    queryFn: ({ signal }) => client.search(asked, signal),
    placeholderData: (before) => before,
  })
  const actions = useActions(close)

  const wanted = q.trim().toLowerCase()
  const formLabel = (app: string, form: string) =>
    resolveText(apps.find((one) => one.id === app)?.forms.find((one) => one.id === form)?.definition.label, locale)
  const records =
    wanted === ''
      ? []
      : (found.data?.items ?? []).map(
          (hit): Hit => ({
            key: hit.id,
            group: t('palette.records'),
            icon: <FileTextOutlined />,
            text: hit.title,
            hint: hit.snippet || formLabel(hit.app, hit.form),
            run: () => {
              close()
              void navigate({ to: places.record(hit.app, hit.form, hit.id) })
            },
          }),
        )
  const hits = [...records, ...actions.filter(({ text }) => text.toLowerCase().includes(wanted))]
  const current = Math.min(at, hits.length - 1)

  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = (current + step + hits.length) % Math.max(1, hits.length)
      setAt(next)
      list.current?.querySelectorAll('[role=option]')[next]?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) hits[current]?.run()
  }
  return (
    <div className={styles.palette}>
      <input
        className={styles.paletteInput}
        // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type
        autoFocus
        value={q}
        onChange={(event) => {
          setQ(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
        placeholder={t('searchHint')}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={hits[current] ? `${id}-${current}` : undefined}
        aria-label={t('search')}
      />
      <div className={styles.paletteList} id={id} role="listbox" aria-label={t('palette.results')} ref={list}>
        {hits.map((hit, index) => (
          <Fragment key={hit.key}>
            {hit.group !== hits[index - 1]?.group && <div className={styles.paletteGroup}>{hit.group}</div>}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the input above moves and chooses by keyboard */}
            <div
              role="option"
              id={`${id}-${index}`}
              tabIndex={-1}
              aria-selected={index === current}
              className={styles.paletteItem}
              onClick={hit.run}
              onMouseMove={() => setAt(index)}
            >
              <span aria-hidden>{hit.icon}</span>
              <span className={styles.paletteText}>{hit.text}</span>
              {hit.hint && <span className={styles.paletteHint}>{hit.hint}</span>}
            </div>
          </Fragment>
        ))}
      </div>
      {hits.length === 0 && (
        <div style={{ padding: 24, textAlign: 'center', color: 'var(--t-ink-2)' }}>
          {found.isFetching ? t('palette.searching') : t('palette.nothing', { q })}
        </div>
      )}
    </div>
  )
}
