import { DeploymentUnitOutlined } from '@ant-design/icons'
import { usePreferences } from '@tenon/runtime/page'
import { Button, Popover, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import { placeName } from '../draft/place-name.ts'
import { splitAddress, useHere } from './here.ts'
import { UsageList } from './UsageList.tsx'
import styles from './usages.module.css'
import { useUsages } from './use-usages.ts'

/** Opens where the chosen element, or the definition that is open, is used. */
export function WhereUsedButton() {
  const { t } = useTranslation('designer')
  const [open, setOpen] = useState(false)
  const here = useUsable()
  if (here === undefined) return null
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={open ? <Usages address={here} onLeave={() => setOpen(false)} /> : null}
    >
      <Tooltip title={open ? '' : t('usages.title')}>
        <Button type="text" icon={<DeploymentUnitOutlined />} aria-label={t('usages.title')} />
      </Tooltip>
    </Popover>
  )
}

/** What is open, if it is something that can be used elsewhere; the app itself is not. */
export function useUsable(): string | undefined {
  const here = useHere()
  return here === 'app.json' ? undefined : here
}

type UsagesProps = { readonly address: string; readonly onLeave: () => void }

/** The places that use an element; choosing one goes there. */
export function Usages({ address, onLeave }: UsagesProps) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const used = useUsages(address)
  const title = t('usages.of', { name: placeName(documents, splitAddress(address), locale) })
  return (
    <div className={styles.popover}>
      <strong>{title}</strong>
      {used ? <UsageList lines={used.usages} label={title} onLeave={onLeave} /> : <p>{t('usages.unknown')}</p>}
    </div>
  )
}
