import { iconNames, NamedIcon } from '@tenon/runtime/page'
import { Button, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import styles from '../panels.module.css'

/** An icon, picked by sight; none: the one of what it stands beside. */
export function IconControl({ value, onChange, id, label }: SchemaControlProps) {
  const { t } = useTranslation('panels')
  const [open, setOpen] = useState(false)
  // A name that is not in the bundle is shown as the usual icon.
  const chosen = typeof value === 'string' && iconNames.includes(value) ? value : undefined
  const choose = (name: string | undefined) => {
    onChange(name)
    setOpen(false)
  }
  const wordOf = (name: string) => t(`icons.${name}`)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className={styles.icons} role="listbox" aria-label={label ?? t('icon')}>
          {iconNames.map((name) => (
            <Button
              key={name}
              type={name === chosen ? 'primary' : 'text'}
              role="option"
              aria-selected={name === chosen}
              aria-label={wordOf(name)}
              title={wordOf(name)}
              icon={<NamedIcon name={name} kind="page" />}
              onClick={() => choose(name)}
            />
          ))}
          <Button size="small" className={styles.noIcon ?? ''} onClick={() => choose(undefined)}>
            {t('noIcon')}
          </Button>
        </div>
      }
    >
      <Button
        {...naming(id, label)}
        aria-expanded={open}
        icon={chosen === undefined ? undefined : <NamedIcon name={chosen} kind="page" />}
      >
        {chosen === undefined ? t('noIcon') : wordOf(chosen)}
      </Button>
    </Popover>
  )
}
