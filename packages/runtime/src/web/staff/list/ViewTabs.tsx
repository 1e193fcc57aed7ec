import { MoreOutlined, SaveOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormModel, resolveText } from '@tenon/engine'
import { App, Button, Checkbox, Form, Input, Select, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { Dialog, DropMenu } from '../../../ui/index.ts'
import { viewIcons } from '../../../ui/show/view-icons.tsx'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'
import { faceOfView } from '../views/faces.ts'
import styles from './list.module.css'
import type { ListState } from './use-list.ts'
import { both } from './where.ts'

type Props = { readonly app: string; readonly form: FormModel; readonly list: ListState }
/** What another view begins without. */
const anew = {
  saved: undefined,
  as: undefined,
  rows: undefined,
  scale: undefined,
  where: undefined,
  sort: undefined,
  columns: undefined,
}

/** The form's views, then those people saved; a changed list can be kept as a view of one's own. */
export function ViewTabs({ app, form, list }: Props) {
  const { t } = useTranslation('staff')
  const { t: texts } = useTranslation('views')
  const phone = usePhone()
  const { locale } = useUi()
  const cache = useQueryClient()
  const { modal, notification } = App.useApp()
  const reason = useReason()
  const [naming, setNaming] = useState(false)
  const saved = useQuery({ queryKey: ['savedViews', app, form.id], queryFn: () => client.records.views(app, form.id) })
  const again = () => cache.invalidateQueries({ queryKey: ['savedViews', app, form.id] })
  const failed = (error: unknown) =>
    notification.error({ title: t('view.failed'), description: reason(error), duration: 0 })

  const open = (view: SavedView) =>
    list.go({
      saved: view.id,
      view: undefined,
      q: undefined,
      where: view.where ? JSON.stringify(view.where) : undefined,
      sort: view.sort.join(',') || undefined,
      columns: view.columns.join(','),
      as: view.as,
      rows: undefined,
    })
  const remove = useMutation({
    mutationFn: (id: string) => client.records.removeView(app, form.id, id),
    onSuccess: () => {
      void again()
      list.go({ saved: undefined, as: undefined, where: undefined, sort: undefined, columns: undefined })
    },
    onError: failed,
  })
  const current = saved.data?.items.find(({ id }) => id === list.search.saved)
  const body = (name: string, shared: boolean) => ({
    name,
    shared,
    columns: [...list.columns],
    sort: list.sort.split(','),
    // A view of one's own stands alone: it keeps the condition of the view it began from.
    where: both(list.view?.where, list.where) ?? null,
    ...(list.drawn && list.face !== null ? { as: list.drawn.id } : {}),
  })
  const save = useMutation({
    mutationFn: ({ name, shared, id }: { name: string; shared: boolean; id?: string }) =>
      client.records.saveView(app, form.id, body(name, shared), id),
    onSuccess: (view) => {
      setNaming(false)
      void again()
      open(view)
    },
    onError: failed,
  })
  const changed = Boolean(list.search.where || list.search.columns || list.search.sort)
  const items = [
    ...list.views.map((view) => ({
      key: view.id,
      label: resolveText(view.label, locale),
      ...(faceOfView(view) ? { icon: viewIcons[view.type] } : {}),
    })),
    ...(saved.data?.items ?? []).map((view) => ({ key: `saved:${view.id}`, label: view.name })),
  ]
  const extra = (
    <span className={styles.viewActs}>
      {changed && !current && (
        <Button size="small" type="text" icon={<SaveOutlined />} onClick={() => setNaming(true)}>
          {t('view.save')}
        </Button>
      )}
      {current?.mine && (
        <DropMenu
          menu={{
            items: [
              {
                key: 'update',
                label: t('view.update'),
                onClick: () => save.mutate({ name: current.name, shared: current.shared, id: current.id }),
              },
              {
                key: 'remove',
                danger: true,
                label: t('view.remove'),
                onClick: () =>
                  modal.confirm({
                    title: t('view.removeTitle', { name: current.name }),
                    okButtonProps: { danger: true },
                    onOk: () => remove.mutateAsync(current.id).catch(() => {}),
                  }),
              },
            ],
          }}
        >
          <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t('view.more')} />
        </DropMenu>
      )}
    </span>
  )
  const activeKey = list.search.saved ? `saved:${list.search.saved}` : (list.view?.id ?? '')
  const choose = (key: string) => {
    const view = key.startsWith('saved:') ? saved.data?.items.find(({ id }) => `saved:${id}` === key) : undefined
    if (view) open(view)
    else list.go({ ...anew, view: key })
  }
  if (items.length === 0) return null
  return (
    <>
      {phone ? (
        // A row of tabs that does not fit hides most of them; a thumb chooses from a list.
        <div className={styles.viewChoice}>
          <Select
            aria-label={texts('choose')}
            value={activeKey}
            options={items.map(({ key, label }) => ({ value: key, label }))}
            onChange={choose}
          />
          {extra}
        </div>
      ) : (
        <Tabs
          className={styles.tabs ?? ''}
          activeKey={activeKey}
          items={items}
          tabBarGutter={24}
          tabBarExtraContent={extra}
          onChange={choose}
        />
      )}
      {naming && (
        <NameDialog
          busy={save.isPending}
          onCancel={() => setNaming(false)}
          onSave={(name, shared) => save.mutate({ name, shared })}
        />
      )}
    </>
  )
}

function NameDialog({
  busy,
  onCancel,
  onSave,
}: {
  busy: boolean
  onCancel: () => void
  onSave: (name: string, shared: boolean) => void
}) {
  const { t } = useTranslation('staff')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  return (
    <Dialog
      title={t('view.save')}
      okText={t('record.save')}
      okButtonProps={{ disabled: name.trim() === '', loading: busy }}
      onCancel={onCancel}
      onOk={() => onSave(name.trim(), shared)}
    >
      <Form layout="vertical">
        <Form.Item label={t('view.name')} htmlFor="view-name">
          <Input
            id="view-name"
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => name.trim() && onSave(name.trim(), shared)}
          />
        </Form.Item>
        <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
          {t('view.shared')}
        </Checkbox>
      </Form>
    </Dialog>
  )
}
