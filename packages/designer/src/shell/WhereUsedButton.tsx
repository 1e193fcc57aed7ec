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

/** Where the chosen element, or the definition that is open, is used. */
export function WhereUsedButton() {
  const { t } = useTranslation('designer')
  const [open, setOpen] = useState(false)
  const here = useHere()
  if (here === undefined || here === 'app.json') return null
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

function Usages({ address, onLeave }: { address: string; onLeave: () => void }) {
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
