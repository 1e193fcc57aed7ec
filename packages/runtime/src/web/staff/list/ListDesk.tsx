import {
  DownloadOutlined,
  ImportOutlined,
  PlusOutlined,
  SearchOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormModel, type RecordRight, resolveText } from '@tenon/engine'
import { Button, Input, type InputRef, Pagination } from 'antd'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppView } from '../../../contract/index.ts'
import { type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { DropMenu } from '../../../ui/index.ts'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { viewIcons } from '../../../ui/show/view-icons.tsx'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { useDelayed } from '../../shell/use-delayed.ts'
import { faceOfView } from '../views/faces.ts'
import { fixedBy } from '../views/fixed.ts'
import { useKeys } from '../workbench/use-keys.ts'
import { BulkBar } from './BulkBar.tsx'
import { ColumnChooser } from './ColumnChooser.tsx'
import { listColumns } from './columns.ts'
import { FilterBar } from './FilterBar.tsx'
import { ListTable } from './ListTable.tsx'
import styles from './list.module.css'
import { RecordCards } from './RecordCards.tsx'
import { pageSizes, useList } from './use-list.ts'
import { ViewTabs } from './ViewTabs.tsx'

type Props = {
  readonly view: AppView
  readonly form: FormModel
  readonly rights: readonly RecordRight[]
  /** The best right I have on each field, on some record. */
  readonly fields: { readonly [field: string]: 'read' | 'edit' }
}
const noRefs: Refs = {}

export function ListDesk({ view: app, form, rights, fields }: Props) {
  const { t } = useTranslation('staff')
  const { t: texts } = useTranslation('views')
  const ui = useUi()
  const phone = usePhone()
  const navigate = useNavigate()
  const list = useList(app.id, form)
  const [selected, setSelected] = useState<readonly string[]>([])
  const [everything, setEverything] = useState(false)
  const [at, setAt] = useState(-1)
  const searchBox = useRef<InputRef>(null)
  const { answer, drawn, face: Face } = list
  const items = answer.data?.items ?? []
  const total = answer.data?.total ?? null
  const columns = useMemo(
    () => listColumns(list.columns, form, ui.lookup, ui.locale),
    [list.columns, form, ui.lookup, ui.locale],
  )

  const [typed, setTyped] = useState(list.search.q ?? '')
  const settled = useDelayed(typed, 250)
  const asked = useRef(list.search.q ?? '')
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address
  useEffect(() => {
    if (settled === asked.current) return
    asked.current = settled
    list.go({ q: settled || undefined }, true)
  }, [settled])
  const inAddress = list.search.q ?? ''
  useEffect(() => {
    // Somebody went back, or opened another view.
    if (inAddress !== asked.current) {
      asked.current = inAddress
      setTyped(inAddress)
    }
  }, [inAddress])

  // What was chosen under one filter must not be changed under another.
  const scope = JSON.stringify([list.search.view, list.search.where, list.search.q, list.search.saved, Face === null])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scope is the reason, not an input
  useEffect(() => {
    setSelected([])
    setEverything(false)
  }, [scope])

  const open = (id: string) => void navigate({ to: places.record(app.id, form.id, id) })
  useKeys({
    '/': () => searchBox.current?.focus(),
    j: () => setAt((now) => Math.min(items.length - 1, now + 1)),
    k: () => setAt((now) => Math.max(0, now - 1)),
    enter: () => {
      const item = items[at]
      if (item) open(item.id)
    },
  })

  const label = resolveText(form.definition.plural ?? form.definition.label, ui.locale)
  const one = resolveText(form.definition.label, ui.locale)
  const filtered = Boolean(list.search.q || list.search.where)
  const create = rights.includes('create') && (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      onClick={() => void navigate({ to: places.create(app.id, form.id) })}
    >
      {t('list.create', { what: one })}
    </Button>
  )
  const exports = (['xlsx', 'csv'] as const).map((format) => ({
    key: format,
    label: (
      <a
        href={client.records.exportAddress(app.id, form.id, format, { ...list.options, fields: list.columns })}
        download
      >
        {t(`list.export.${format}`)}
      </a>
    ),
  }))
  const empty = filtered ? (
    <Nothing
      title={t('list.noMatch')}
      action={<Button onClick={() => list.go({ q: undefined, where: undefined })}>{t('list.clearFilters')}</Button>}
    />
  ) : (
    <Nothing
      title={t('list.empty', { what: label })}
      hint={resolveText(form.definition.description, ui.locale)}
      action={create}
    />
  )

  return (
    <div className={styles.page} data-phone={phone}>
      <header className={styles.head}>
        <h1 className={styles.title}>{label}</h1>
        <span className={styles.headActs}>
          {rights.includes('import') && !phone && (
            <Link to={places.import(app.id, form.id)}>
              <Button icon={<ImportOutlined />}>{t('list.import')}</Button>
            </Link>
          )}
          {rights.includes('export') && !phone && (
            <DropMenu menu={{ items: exports }}>
              <Button icon={<DownloadOutlined />}>{t('list.exportTitle')}</Button>
            </DropMenu>
          )}
          {create}
        </span>
      </header>
      <ViewTabs app={app.id} form={form} list={list} />
      <div className={styles.tools}>
        <Input
          ref={searchBox}
          className={styles.search ?? ''}
          prefix={<SearchOutlined />}
          allowClear
          value={typed}
          placeholder={t('list.search', { what: label })}
          aria-label={t('list.search', { what: label })}
          onChange={(event) => setTyped(event.target.value)}
        />
        <RefsProvider refs={noRefs}>
          <FilterBar
            form={form}
            where={list.search.where}
            onChange={(where) => list.go({ where: where ? JSON.stringify(where) : undefined })}
          />
        </RefsProvider>
        {drawn && faceOfView(drawn) && (
          <Button
            icon={Face ? <UnorderedListOutlined /> : viewIcons[drawn.type]}
            onClick={() => list.go({ rows: Face ? '1' : undefined })}
          >
            {Face ? texts('asRows') : texts('asView', { view: resolveText(drawn.label, ui.locale) })}
          </Button>
        )}
        {!phone && (
          <ColumnChooser
            form={form}
            columns={list.columns}
            onChange={(next) => list.go({ columns: next?.join(','), page: list.page })}
          />
        )}
      </div>
      {selected.length > 0 && !phone && (
        <BulkBar
          app={app.id}
          form={form}
          rights={rights}
          ids={selected}
          everything={everything}
          total={total}
          list={list}
          onEverything={setEverything}
          onClear={() => {
            setSelected([])
            setEverything(false)
          }}
        />
      )}
      {Face && drawn ? (
        <ShownFormProvider form={form}>
          <Suspense fallback={<Waiting rows={10} />}>
            <Face
              key={drawn.id}
              app={app.id}
              form={form}
              view={drawn}
              list={list}
              columns={columns}
              fixed={(field) => fixedBy(field, form, rights, fields)}
              empty={empty}
            />
          </Suspense>
        </ShownFormProvider>
      ) : answer.error ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <Waiting rows={10} />
      ) : items.length === 0 ? (
        empty
      ) : (
        <RefsProvider refs={answer.data.refs as Refs}>
          {phone ? (
            <RecordCards app={app.id} form={form} items={items} columns={columns} />
          ) : (
            <ListTable
              app={app.id}
              form={form}
              items={items}
              columns={columns}
              sort={list.sort}
              current={at}
              loading={answer.isPlaceholderData}
              {...(rights.includes('bulk')
                ? {
                    selection: {
                      ids: selected,
                      onChange: (ids: readonly string[]) => {
                        setSelected(ids)
                        setEverything(false)
                      },
                    },
                  }
                : {})}
              onSort={(sort) => list.go({ sort })}
              onOpen={open}
            />
          )}
        </RefsProvider>
      )}
      {!Face && total !== null && total > 0 && (
        <footer className={styles.foot}>
          <Pagination
            size="small"
            simple={phone}
            current={list.page}
            pageSize={list.size}
            total={total}
            showSizeChanger={
              !phone && { options: pageSizes.map((value) => ({ value, label: t('list.perPage', { count: value }) })) }
            }
            showTotal={(count, [from, to]) => t('list.total', { from, to, count })}
            onChange={(page, size) => list.go({ page: size === list.size ? page : 1, size })}
          />
        </footer>
      )}
    </div>
  )
}
