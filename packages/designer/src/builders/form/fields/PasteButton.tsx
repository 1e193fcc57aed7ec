import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { clipboard } from './clipboard.ts'
import type { FieldCommands } from './use-commands.ts'

/** Pastes what was copied last; not there while nothing was. */
export function PasteButton({ commands }: { commands: FieldCommands }) {
  const { t } = useTranslation('formBench')
  const held = useSyncExternalStore(clipboard.subscribe, clipboard.held)
  if (!held) return null
  return <Button onClick={() => commands.paste(held.text)}>{t('paste')}</Button>
}
