import { PlusOutlined } from '@ant-design/icons'
import { DropMenu, useUi } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PanelScope } from '../contract.ts'
import { useDraftApp } from '../draft-app.ts'
import { referenceChoices } from '../reference-choices.ts'
import styles from './controls.module.css'

type Props = { readonly scope: PanelScope; readonly onPick: (path: string) => void }

/** Puts the value of a field into a text. */
export function TemplateFields({ scope, onPick }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const form = scope.form === undefined ? undefined : app.lookup(scope.form)
  const choices = referenceChoices({ kind: 'field', path: true }, { app, path: scope.path, form, siblings: {}, locale })
  if (choices.length === 0) return null
  return (
    <DropMenu
      menu={{
        className: styles.menu ?? '',
        items: choices.map(({ value, label }) => ({ key: value, label, onClick: () => onPick(`record.${value}`) })),
      }}
    >
      <Button
        type="text"
        size="small"
        icon={<PlusOutlined aria-hidden />}
        aria-label={t('insertField')}
        title={t('insertField')}
      />
    </DropMenu>
  )
}
