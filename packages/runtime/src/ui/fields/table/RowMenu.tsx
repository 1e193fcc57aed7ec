import { MoreOutlined } from '@ant-design/icons'
import type { TableRow } from '@tenon/engine'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { DropMenu } from '../../controls/DropMenu.tsx'
import { duplicateRow, moveRow, removeRow } from './row-edits.ts'

type Props = {
  readonly rows: readonly TableRow[]
  readonly at: number
  readonly isFull: boolean
  readonly onChange: (rows: readonly TableRow[]) => void
}

/** What can be done with a row as a whole. */
export function RowMenu({ rows, at, isFull, onChange }: Props) {
  const { t } = useTranslation('ui')
  const items = [
    { key: 'duplicate', label: t('table.duplicate'), disabled: isFull, run: () => duplicateRow(rows, at) },
    { key: 'up', label: t('table.up'), disabled: at === 0, run: () => moveRow(rows, at, -1) },
    { key: 'down', label: t('table.down'), disabled: at === rows.length - 1, run: () => moveRow(rows, at, 1) },
    { key: 'delete', label: t('table.delete'), danger: true, run: () => removeRow(rows, at) },
  ]
  return (
    <DropMenu
      menu={{
        items: items.map(({ run: _, ...item }) => item),
        onClick: ({ key }) => {
          const item = items.find((one) => one.key === key)
          if (item) onChange(item.run())
        },
      }}
    >
      <Button
        type="text"
        size="small"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t('table.rowMenu', { number: at + 1 })}
      />
    </DropMenu>
  )
}
