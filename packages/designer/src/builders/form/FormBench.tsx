import { DesktopOutlined, LayoutOutlined, MenuUnfoldOutlined, MobileOutlined } from '@ant-design/icons'
import { resolveText } from '@tenon/engine'
import { Waiting } from '@tenon/runtime/page'
import { usePhone, useUi } from '@tenon/runtime/ui'
import { Button, Segmented } from 'antd'
import { lazy, memo, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BenchProps } from '../contract.ts'
import { placeOf } from '../kinds.ts'
import { Announcer } from './announce.tsx'
import { type OpenPanel, usePanels } from './BenchFrame.tsx'
import { FieldsTab } from './fields/FieldsTab.tsx'
import styles from './form-bench.module.css'
import { type BenchTab, benchTabs, useChosen } from './use-chosen.ts'
import { useForm } from './use-form.ts'

// Only drawing the form comes at once; the others bring tables and whole forms with them.
const EntriesTab = lazy(async () => ({ default: (await import('./entries/EntriesTab.tsx')).EntriesTab }))
const PreviewTab = lazy(async () => ({ default: (await import('./preview/PreviewTab.tsx')).PreviewTab }))
const SettingsTab = lazy(async () => ({ default: (await import('./SettingsTab.tsx')).SettingsTab }))

/** The workbench of a form: what it asks, how it looks, in which lists, with which buttons, checks and stages. */
export default function FormBench({ path }: BenchProps) {
  const { form, edit } = useForm(path)
  const chosen = useChosen()
  const panels = usePanels()
  const { locale } = useUi()
  const [width, setWidth] = useState<Width>('desktop')
  if (!form) return null
  const { tab } = chosen
  const common = { path, form, edit, chosen, panels }
  return (
    <Announcer>
      <div className={styles.bench}>
        <h1 className={styles.said}>{resolveText(form.label, locale)}</h1>
        <Bar tab={tab} onOpen={chosen.open} width={width} onWidth={setWidth} panels={panels} />
        <Suspense fallback={<Waiting />}>
          {tab === 'fields' ? (
            <FieldsTab {...common} width={width} />
          ) : tab === 'preview' ? (
            <PreviewTab id={placeOf(path)?.id ?? ''} width={width} />
          ) : tab === 'settings' ? (
            <SettingsTab path={path} form={form} edit={edit} />
          ) : (
            <EntriesTab key={tab} {...common} list={tab} />
          )}
        </Suspense>
      </div>
    </Announcer>
  )
}

type Width = 'desktop' | 'phone'
type BarProps = {
  readonly tab: BenchTab
  readonly onOpen: (tab: BenchTab) => void
  readonly width: Width
  readonly onWidth: (width: Width) => void
  readonly panels: OpenPanel
}

const Bar = memo(function Bar({ tab, onOpen, width, onWidth, panels }: BarProps) {
  const { t } = useTranslation('formBench')
  const phone = usePhone()
  const hasCanvas = tab === 'fields' || tab === 'preview'
  return (
    <div className={styles.bar}>
      <TabBar tab={tab} onOpen={onOpen} />
      {hasCanvas && !phone && (
        <Segmented
          size="small"
          aria-label={t('width.title')}
          value={width}
          onChange={onWidth}
          options={[
            {
              value: 'desktop',
              label: <DesktopOutlined aria-label={t('width.desktop')} />,
              title: t('width.desktop'),
            },
            { value: 'phone', label: <MobileOutlined aria-label={t('width.phone')} />, title: t('width.phone') },
          ]}
        />
      )}
      {tab === 'fields' && (
        <Button
          type="text"
          icon={<MenuUnfoldOutlined />}
          aria-label={t('palette.title')}
          aria-expanded={panels.isOpen.left}
          onClick={() => panels.toggle('left')}
        />
      )}
      {tab !== 'preview' && tab !== 'settings' && (
        <Button
          type="text"
          icon={<LayoutOutlined />}
          aria-label={t('properties.title')}
          aria-expanded={panels.isOpen.right}
          onClick={() => panels.toggle('right')}
        />
      )}
    </div>
  )
})

/** The parts of a form; on a narrow window the row scrolls. */
function TabBar({ tab, onOpen }: { tab: BenchTab; onOpen: (tab: BenchTab) => void }) {
  const { t } = useTranslation('formBench')
  const list = useRef<HTMLDivElement>(null)
  // A link leads to a part whose tab may stand outside the window.
  useEffect(() => {
    list.current?.querySelector(`[data-tab="${tab}"]`)?.scrollIntoView?.({ block: 'nearest', inline: 'center' })
  }, [tab])
  const go = (key: string, row: HTMLElement) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key]
    const next = by === undefined ? undefined : benchTabs[benchTabs.indexOf(tab) + by]
    if (next === undefined) return
    onOpen(next)
    row.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={t('parts')}>
      {benchTabs.map((key) => (
        <button
          key={key}
          type="button"
          role="tab"
          className={styles.tab}
          data-tab={key}
          aria-selected={key === tab}
          tabIndex={key === tab ? 0 : -1}
          onClick={() => onOpen(key)}
          onKeyDown={(event) => go(event.key, event.currentTarget.parentElement ?? event.currentTarget)}
        >
          {t(`tab.${key}`)}
        </button>
      ))}
    </div>
  )
}
