import { getRouteApi } from '@tanstack/react-router'
import { AppEnvironment } from '../../shell/AppEnvironment.tsx'
import { useApp, useFormModel } from '../../shell/apps.ts'
import { Failed, NotVisible, Waiting } from '../../shell/states.tsx'
import { ListDesk } from './ListDesk.tsx'

const route = getRouteApi('/a/$app/f/$form')

/** The records of a form: views, filters, columns, and what can be done with many at once. */
export default function ListPage() {
  const { app, form } = route.useParams()
  return (
    <AppEnvironment app={app}>
      <Loaded app={app} form={form} />
    </AppEnvironment>
  )
}

function Loaded({ app, form }: { app: string; form: string }) {
  const view = useApp(app)
  const model = useFormModel(app, form)
  if (view.error) return <Failed error={view.error} retry={() => void view.refetch()} />
  if (!view.data) return <Waiting rows={10} />
  const own = view.data.forms.find(({ id }) => id === form)
  if (!model || !own) return <NotVisible />
  return <ListDesk key={`${app}/${form}`} view={view.data} form={model} rights={own.rights} fields={own.fields} />
}
