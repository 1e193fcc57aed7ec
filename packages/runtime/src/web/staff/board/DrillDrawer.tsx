import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Drill } from '@tenon/reports'
import { Drawer, Pagination } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { columnsOf, listColumns } from '../list/columns.ts'
import { ListTable } from '../list/ListTable.tsx'
import { RecordCards } from '../list/RecordCards.tsx'
import styles from './board.module.css'

type Props = { readonly app: string; readonly drill: Drill; readonly title: string; readonly onClose: () => void }
const size = 20

/** The records a figure was made of: as many as it says. */
export function DrillDrawer({ app, drill, title, onClose }: Props) {
  const { t } = useTranslation('staff')
  const { lookup, locale } = useUi()
  const phone = usePhone()
  const navigate = useNavigate()
  const [page, setPage] = useState(1)
  const [sort, setSort] = useState('-created_at')
  const form = lookup(drill.form)
  const paths = useMemo(() => (form ? columnsOf(form.definition.views?.[0], form).slice(0, 6) : []), [form])
  const columns = useMemo(() => (form ? listColumns(paths, form, lookup, locale) : []), [form, paths, lookup, locale])
  const { where } = drill
  const answer = useQuery({
    queryKey: ['records', app, drill.form, 'drill', where, page, sort],
    queryFn: ({ signal }) =>
      client.records.list(app, drill.form, { where, page, size, sort: [sort], fields: paths }, signal),
    placeholderData: keepPreviousData,
  })
  const total = answer.data?.total ?? null
  return (
    <Drawer
      open
      size={phone ? '100%' : 860}
      title={title}
      onClose={onClose}
      extra={
        form && (
          <Link
            to={places.list(app, form.id)}
            search={{ ...lastView(form.definition.views), where: JSON.stringify(where) }}
          >
            {t('board.openList')}
          </Link>
        )
      }
    >
      {!form ? (
        <Nothing title={t('board.noRows')} />
      ) : answer.error ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <Waiting />
      ) : (
        <RefsProvider refs={answer.data.refs as Refs}>
          {total !== null && <p className={styles.count}>{t('board.rowsCount', { count: total })}</p>}
          {answer.data.items.length === 0 ? (
            <Nothing title={t('board.noRows')} />
          ) : phone ? (
            <RecordCards app={app} form={form} items={answer.data.items} columns={columns} />
          ) : (
            <ListTable
              app={app}
              form={form}
              items={answer.data.items}
              columns={columns}
              sort={sort}
              current={-1}
              loading={answer.isPlaceholderData}
              onSort={(next) => setSort(next ?? '-created_at')}
              onOpen={(id) => void navigate({ to: places.record(app, form.id, id) })}
            />
          )}
          {total !== null && total > size && (
            <div className={styles.paging}>
              <Pagination
                size="small"
                current={page}
                pageSize={size}
                total={total}
                showSizeChanger={false}
                onChange={setPage}
              />
            </div>
          )}
        </RefsProvider>
      )}
    </Drawer>
  )
}

/** The view without a condition of its own, so that the list shows exactly the rows of the figure. */
const lastView = (views: readonly { readonly id: string; readonly where?: unknown }[] | undefined) => {
  const open = views?.find(({ where }) => where === undefined)
  return open ? { view: open.id } : {}
}
