import { type Condition, type FormModel, fieldsReadBy, type View, viewWithout } from '@tenon/engine'
import { Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RefsProvider, useUi } from '../../../ui/environment.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { Failed, Nothing, Waiting } from '../../shell/states.tsx'
import { columnsOf, type ListColumn, listColumns } from '../list/columns.ts'
import { ListTable } from '../list/ListTable.tsx'
import type { FaceList } from './contract.ts'
import { faceOfView } from './faces.ts'
import { usePages } from './use-pages.ts'

type Props = {
  readonly app: string
  /** The form as it will be. */
  readonly form: FormModel
  /** The form as it is published: only of its fields there are records. */
  readonly published: FormModel
  readonly view: View
}

/** A view that is being drawn, with the records there are: the very face people will see, to look at only. */
export function ViewPreview({ app, form, published, view }: Props) {
  const { t } = useTranslation('views')
  const { locale, lookup } = useUi()
  const shown = useMemo(
    () => viewWithout(view, (path) => !published.fields.has(path.replace(/^-/, '').split('.')[0] ?? '')),
    [view, published],
  )
  const list = useMemo(() => (shown ? previewOf(shown, form) : undefined), [shown, form])
  const columns = useMemo(
    () => (shown ? listColumns(columnsOf(shown, form), form, lookup, locale) : []),
    [shown, form, lookup, locale],
  )
  if (!shown || !list) return <Nothing title={t('preview.unpublished')} />
  const Face = faceOfView(shown)
  return (
    <ShownFormProvider form={form}>
      <div inert>
        {Face ? (
          <Suspense fallback={<Waiting rows={6} />}>
            <Face
              key={JSON.stringify(shown)}
              app={app}
              form={form}
              view={shown}
              list={list}
              columns={columns}
              fixed={() => undefined}
              empty={<Nothing title={t('preview.empty')} />}
            />
          </Suspense>
        ) : (
          <Rows app={app} form={form} list={list} columns={columns} />
        )}
      </div>
    </ShownFormProvider>
  )
}

/** A list that stands in no address: it asks by the view's own condition, for the server does not know the view yet. */
function previewOf(view: View, form: FormModel): FaceList {
  const columns = columnsOf(view, form)
  const where = view.where as Condition | undefined
  return {
    options: {
      ...(where ? { where } : {}),
      sort: view.sort && view.sort.length > 0 ? view.sort : ['-created_at'],
      fields: [...new Set([...columns, ...fieldsReadBy(view)])],
    },
    view,
    where: undefined,
    search: {},
    go: () => {},
  }
}

type RowsProps = {
  readonly app: string
  readonly form: FormModel
  readonly list: FaceList
  readonly columns: readonly ListColumn[]
}

function Rows({ app, form, list, columns }: RowsProps) {
  const { t } = useTranslation('views')
  const { items, refs, answer } = usePages({ app, form, options: list.options, size: 8 })
  if (answer.error) return <Failed error={answer.error} />
  if (answer.isPending) return <Waiting rows={6} />
  if (items.length === 0) return <Nothing title={t('preview.empty')} />
  return (
    <RefsProvider refs={refs}>
      <ListTable
        app={app}
        form={form}
        items={items}
        columns={columns}
        sort={(list.options.sort ?? []).join(',')}
        current={-1}
        loading={false}
        onSort={() => {}}
        onOpen={() => {}}
      />
    </RefsProvider>
  )
}
