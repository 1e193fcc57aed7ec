import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { FormModel } from '@tenon/engine'
import { useMemo } from 'react'
import type { AppView, FormContext, RecordView, TaskView } from '../../../contract/index.ts'
import { type Refs, RefsProvider } from '../../../ui/environment.tsx'
import { AppEnvironment } from '../../shell/AppEnvironment.tsx'
import { useApp, useFormModel } from '../../shell/apps.ts'
import { client } from '../../shell/client.ts'
import { Failed, NotVisible, Waiting } from '../../shell/states.tsx'
import { pickTask } from './pick-task.ts'
import { RecordDesk } from './RecordDesk.tsx'

const route = getRouteApi('/a/$app/f/$form/$id')

/** One record: where it stands, what I am to do, everything that happened, and what belongs to it. */
export default function RecordPage() {
  const { app, form, id } = route.useParams()
  const { task } = route.useSearch()
  return (
    <AppEnvironment app={app}>
      <Loaded key={id} app={app} form={form} id={id} wanted={task} />
    </AppEnvironment>
  )
}

type LoadedProps = {
  readonly app: string
  readonly form: string
  readonly id: string
  readonly wanted: string | undefined
}

function Loaded({ app, form, id, wanted }: LoadedProps) {
  const view = useApp(app)
  const model = useFormModel(app, form)
  const record = useQuery({
    queryKey: ['record', id],
    queryFn: ({ signal }) => client.records.get(app, form, id, signal),
  })
  const tasks = useQuery({
    queryKey: ['tasks', 'record', id],
    queryFn: () => client.tasks.list({ record: id, state: 'open' }),
  })
  const task = pickTask(tasks.data?.items ?? [], wanted)
  const atTask = task?.can.includes('complete') ? task.id : undefined
  const context = useQuery({
    queryKey: ['record', id, 'form', atTask ?? null],
    enabled: !tasks.isPending,
    queryFn: () => client.records.form(app, form, id, atTask),
    placeholderData: (before) => before,
  })
  const error = view.error ?? record.error ?? context.error
  if (error) return <Failed error={error} retry={() => void record.refetch()} />
  if (!view.data || !record.data || !context.data) return <Waiting rows={10} />
  if (!model) return <NotVisible />
  return (
    <Named
      view={view.data}
      form={model}
      record={record.data}
      context={context.data}
      task={task}
      tasks={tasks.data?.items ?? []}
      taskRefs={(tasks.data?.refs ?? {}) as Refs}
    />
  )
}

type NamedProps = {
  readonly view: AppView
  readonly form: FormModel
  readonly record: RecordView
  readonly context: FormContext
  readonly task: TaskView | undefined
  readonly tasks: readonly TaskView[]
  readonly taskRefs: Refs
}

function Named({ taskRefs, ...rest }: NamedProps) {
  const { record, context } = rest
  const refs = useMemo(
    () => ({ ...taskRefs, ...(context.refs as Refs), ...(record.refs as Refs) }),
    [taskRefs, record.refs, context.refs],
  )
  return (
    <RefsProvider refs={refs}>
      <RecordDesk {...rest} />
    </RefsProvider>
  )
}
