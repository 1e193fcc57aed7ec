import { Link } from '@tanstack/react-router'
import type { FieldValue, FormModel } from '@tenon/engine'
import { Table, type TableColumnType } from 'antd'
import { useMemo } from 'react'
import type { RecordItem } from '../../../contract/index.ts'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { places } from '../../shell/places.ts'
import type { ListColumn } from './columns.ts'
import styles from './list.module.css'

type Props = {
  readonly app: string
  readonly form: FormModel
  readonly items: readonly RecordItem[]
  readonly columns: readonly ListColumn[]
  readonly sort: string
  readonly current: number
  readonly loading: boolean
  readonly selection?: { readonly ids: readonly string[]; readonly onChange: (ids: readonly string[]) => void }
  readonly onSort: (sort: string | undefined) => void
  readonly onOpen: (id: string) => void
}

export const valueIn = (item: RecordItem, path: string): FieldValue | undefined =>
  (item.values[path] ??
    (Object.hasOwn(item, path) ? (item as unknown as Record<string, FieldValue>)[path] : undefined)) as
    | FieldValue
    | undefined

/** Rows of a page; the server sorts, filters and pages. */
export function ListTable({ app, form, items, columns, sort, current, loading, selection, onSort, onOpen }: Props) {
  const [first = ''] = sort.split(',')
  const drawn = useMemo(
    () =>
      columns.map(
        (column, index): TableColumnType<RecordItem> => ({
          key: column.path,
          title: column.label,
          width: index === 0 ? Math.max(140, column.width) : column.width,
          ellipsis: true,
          ...(column.right ? { align: 'right' as const } : {}),
          ...(column.sortable
            ? {
                sorter: true,
                sortOrder:
                  first === column.path
                    ? ('ascend' as const)
                    : first === `-${column.path}`
                      ? ('descend' as const)
                      : null,
              }
            : {}),
          render: (_, item) => {
            const value = (
              <FieldValueView
                field={column.field}
                value={valueIn(item, column.path)}
                cell={index === 0 ? true : 'free'}
              />
            )
            const shown =
              column.form === form ? value : <ShownFormProvider form={column.form}>{value}</ShownFormProvider>
            return index === 0 ? (
              <Link to={places.record(app, form.id, item.id)} className={styles.rowName} title={item.title}>
                {shown}
              </Link>
            ) : (
              shown
            )
          },
        }),
      ),
    [columns, first, app, form],
  )
  const width = drawn.reduce((sum, { width: one }) => sum + Number(one), selection ? 40 : 0)
  return (
    <ShownFormProvider form={form}>
      <div className={styles.table}>
        <Table<RecordItem>
          size="small"
          rowKey="id"
          tableLayout="fixed"
          dataSource={[...items]}
          columns={drawn}
          pagination={false}
          loading={loading && { delay: 200 }}
          style={{ minWidth: width }}
          showSorterTooltip={false}
          rowClassName={(_, index) => (index === current ? (styles.currentRow ?? '') : '')}
          {...(selection
            ? {
                rowSelection: {
                  selectedRowKeys: [...selection.ids],
                  preserveSelectedRowKeys: true,
                  columnWidth: 40,
                  onChange: (keys) => selection.onChange(keys as string[]),
                },
              }
            : {})}
          onRow={(item) => ({
            onDoubleClick: () => onOpen(item.id),
          })}
          onChange={(_, __, sorter) => {
            const one = Array.isArray(sorter) ? sorter[0] : sorter
            const key = one?.columnKey
            onSort(!key || !one?.order ? undefined : one.order === 'descend' ? `-${String(key)}` : String(key))
          }}
        />
      </div>
    </ShownFormProvider>
  )
}
