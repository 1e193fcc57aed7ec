import { MenuOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { useNavigate, useParams } from '@tanstack/react-router'
import { usePreferences } from '@tenon/runtime/page'
import { usePhone } from '@tenon/runtime/ui'
import { Button, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isKind, pathOf } from '../builders/kinds.ts'
import { useCalmDocuments, useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { HistoryButton } from '../history/HistoryButton.tsx'
import { PublishDialog } from '../versions/PublishDialog.tsx'
import { Brand } from './Brand.tsx'
import { CommentsButton } from './CommentsButton.tsx'
import { DraftMenu } from './DraftMenu.tsx'
import { People } from './People.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { PhoneMenu } from './PhoneMenu.tsx'
import { ProblemsButton } from './ProblemsButton.tsx'
import { SavedSign } from './SavedSign.tsx'
import { WhereUsedButton } from './WhereUsedButton.tsx'
import styles from './workshop.module.css'

type Props = { readonly column: boolean; readonly onColumn: (open: boolean) => void }

/** The app and its draft, take back and do again, what is wrong, who else is here, publish. */
export function TopBar({ column, onColumn }: Props) {
  const { t } = useTranslation('designer')
  const phone = usePhone()
  const [publishing, setPublishing] = useState(false)
  useUndoKeys()
  return (
    <header className={styles.top}>
      <Brand />
      <Button
        type="text"
        icon={<MenuOutlined />}
        aria-label={column ? t('hideColumn') : t('showColumn')}
        aria-expanded={column}
        onClick={() => onColumn(!column)}
      />
      <AppName />
      {!phone && <DraftMenu />}
      <SavedSign />
      <span className={styles.space} />
      {!phone && <People />}
      <UndoButtons />
      <ProblemsButton />
      {!phone && (
        <>
          <WhereUsedButton />
          <HistoryButton />
          <CommentsButton />
        </>
      )}
      <Button type="primary" onClick={() => setPublishing(true)}>
        {t('publish.button')}
      </Button>
      {phone ? <PhoneMenu /> : <PersonMenu />}
      {publishing && <PublishDialog onClose={() => setPublishing(false)} />}
    </header>
  )
}

function AppName() {
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const phone = usePhone()
  const navigate = useNavigate()
  const { app } = useParams({ from: '/$app' })
  const appName = labelOf(documents['app.json'], locale, app)
  const openName = useOpenName()
  useEffect(() => {
    document.title = openName === '' ? appName : `${openName} · ${appName}`
  }, [openName, appName])
  return (
    <button type="button" className={styles.app} onClick={() => void navigate({ to: '/$app', params: { app } })}>
      {/* A phone has room for one name, and no column beside it that says what is open. */}
      {phone && openName !== '' ? openName : appName}
    </button>
  )
}

function UndoButtons() {
  const { t } = useTranslation('designer')
  const phone = usePhone()
  const session = useDraftSession()
  const canUndo = useDraftPart((state) => state.canUndo)
  const canRedo = useDraftPart((state) => state.canRedo)
  return (
    <>
      <Tooltip title={t('undo')}>
        <Button
          type="text"
          icon={<UndoOutlined />}
          aria-label={t('undo')}
          disabled={!canUndo}
          onClick={() => void session.undo()}
        />
      </Tooltip>
      {!phone && (
        <Tooltip title={t('redo')}>
          <Button
            type="text"
            icon={<RedoOutlined />}
            aria-label={t('redo')}
            disabled={!canRedo}
            onClick={() => void session.redo()}
          />
        </Tooltip>
      )}
    </>
  )
}

/** What people call the definition that is open; empty: none is. */
function useOpenName(): string {
  const { locale } = usePreferences()
  const { kind, id } = useParams({ strict: false }) as { kind?: string; id?: string }
  const documents = useCalmDocuments()
  if (kind === undefined || id === undefined || !isKind(kind) || kind === 'app') return ''
  return labelOf(documents[pathOf(kind, id)], locale, '')
}

/** Ctrl/⌘-Z and Ctrl/⌘-Shift-Z (Ctrl-Y), outside of texts being typed, which have their own. */
function useUndoKeys(): void {
  const session = useDraftSession()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return
      const key = event.key.toLowerCase()
      const redo = key === 'y' || (key === 'z' && event.shiftKey)
      if (key !== 'z' && !redo) return
      event.preventDefault()
      void (redo ? session.redo() : session.undo())
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [session])
}

const writtenIn =
  'textarea, input:not([type=checkbox], [type=radio], [type=button], [type=file], [readonly], [role=combobox])'
/** A list to choose from, a switch: nothing in them could be taken back but the choice. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches(writtenIn) || target.isContentEditable || isSearching(target))
const isSearching = (target: HTMLElement): boolean =>
  target instanceof HTMLInputElement && target.role === 'combobox' && target.value !== ''
