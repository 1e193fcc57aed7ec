import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import type { FormModel } from '@tenon/engine'
import { Button, Checkbox, Input, Popover, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../ui/environment.tsx'
import { choosablePaths, listColumns } from './columns.ts'
import styles from './list.module.css'

type Props = {
  readonly form: FormModel
  readonly columns: readonly string[]
  readonly onChange: (columns: readonly string[] | undefined) => void
}

/** Which columns a list shows, and in which order. */
export function ColumnChooser(props: Props) {
  const { t } = useTranslation('staff')
  return (
    <Popover trigger="click" placement="bottomRight" content={<Chooser {...props} />} destroyOnHidden>
      <Tooltip title={t('list.columns')}>
        <Button type="text" icon={<SettingOutlined />} aria-label={t('list.columns')} />
      </Tooltip>
    </Popover>
  )
}

function Chooser({ form, columns, onChange }: Props) {
  const { t } = useTranslation('staff')
  const { locale, lookup } = useUi()
  const [q, setQ] = useState('')
  const all = listColumns(choosablePaths(form, lookup), form, lookup, locale)
  const chosen = columns.flatMap((path) => all.find((column) => column.path === path) ?? [])
  const others = all.filter(
    ({ path, label }) => !columns.includes(path) && label.toLowerCase().includes(q.toLowerCase()),
  )
  const move = (index: number, step: number) => {
    const next = [...columns]
    const [path] = next.splice(index, 1)
    if (path) next.splice(index + step, 0, path)
    onChange(next)
  }
  return (
    <div className={styles.chooser}>
      <ul className={styles.chooserList}>
        {chosen.map(({ path, label }, index) => (
          <li key={path} className={styles.chooserRow}>
            <Checkbox
              checked
              disabled={chosen.length === 1}
              onChange={() => onChange(columns.filter((one) => one !== path))}
            >
              {label}
            </Checkbox>
            <span>
              <Button
                type="text"
                size="small"
                icon={<ArrowUpOutlined />}
                disabled={index === 0}
                aria-label={t('list.up', { name: label })}
                onClick={() => move(index, -1)}
              />
              <Button
                type="text"
                size="small"
                icon={<ArrowDownOutlined />}
                disabled={index === chosen.length - 1}
                aria-label={t('list.down', { name: label })}
                onClick={() => move(index, 1)}
              />
            </span>
          </li>
        ))}
      </ul>
      <Input
        size="small"
        allowClear
        value={q}
        placeholder={t('list.moreColumns')}
        aria-label={t('list.moreColumns')}
        onChange={(event) => setQ(event.target.value)}
      />
      <ul className={styles.chooserList}>
        {others.map(({ path, label }) => (
          <li key={path} className={styles.chooserRow}>
            <Checkbox checked={false} onChange={() => onChange([...columns, path])}>
              {label}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button size="small" type="link" onClick={() => onChange(undefined)}>
        {t('list.resetColumns')}
      </Button>
    </div>
  )
}
