import { getRouteApi } from '@tanstack/react-router'
import { AppEnvironment } from '../../shell/AppEnvironment.tsx'
import { useApp, useFormModel } from '../../shell/apps.ts'
import { Failed, NotVisible, Waiting } from '../../shell/states.tsx'
import { ImportWizard } from './ImportWizard.tsx'

const route = getRouteApi('/a/$app/f/$form/import')

/** Records from a file: choose, map, check, import; the import goes on when the page is left. */
export default function ImportPage() {
  const { app, form } = route.useParams()
  const { job } = route.useSearch()
  return (
    <AppEnvironment app={app}>
      <Loaded app={app} form={form} job={job} />
    </AppEnvironment>
  )
}

function Loaded({ app, form, job }: { app: string; form: string; job: string | undefined }) {
  const view = useApp(app)
  const model = useFormModel(app, form)
  if (view.error) return <Failed error={view.error} />
  if (!view.data) return <Waiting />
  if (!model || !view.data.forms.find(({ id }) => id === form)?.rights.includes('import')) return <NotVisible />
  return <ImportWizard app={app} form={model} runningJob={job} />
}
