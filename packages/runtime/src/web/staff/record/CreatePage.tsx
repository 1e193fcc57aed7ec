import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { type FormModel, isObject, type RecordData, resolveText } from '@tenon/engine'
import { Alert, App, Button } from 'antd'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, type AppView, type FormContext, newKey } from '../../../contract/index.ts'
import { type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { FormView } from '../../../ui/form/FormView.tsx'
import { showFirstProblem } from '../../../ui/form/show-first-problem.ts'
import { useFormSession } from '../../../ui/form/use-form-session.ts'
import { AppEnvironment } from '../../shell/AppEnvironment.tsx'
import { useApp, useFormModel } from '../../shell/apps.ts'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { useReason } from '../../shell/problems.ts'
import { useSession } from '../../shell/session.tsx'
import { Failed, NotVisible, Waiting } from '../../shell/states.tsx'
import { formSetup } from './form-setup.ts'
import styles from './record.module.css'

const route = getRouteApi('/a/$app/f/$form/new')

/** A new record; values may come with the address, so that a link can begin a form. */
export default function CreatePage() {
  const { app, form } = route.useParams()
  const { values } = route.useSearch()
  return (
    <AppEnvironment app={app}>
      <Loaded key={`${app}/${form}`} app={app} form={form} given={values} />
    </AppEnvironment>
  )
}

function Loaded({ app, form, given }: { app: string; form: string; given: string | undefined }) {
  const view = useApp(app)
  const model = useFormModel(app, form)
  const context = useQuery({
    queryKey: ['newForm', app, form],
    queryFn: () => client.records.newForm(app, form),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })
  const error = view.error ?? context.error
  if (error) return <Failed error={error} retry={() => void context.refetch()} />
  if (!view.data || !context.data) return <Waiting rows={10} />
  if (!model) return <NotVisible />
  return (
    <RefsProvider refs={context.data.refs as Refs}>
      <Create view={view.data} form={model} context={context.data} given={given} />
    </RefsProvider>
  )
}

function readValues(text: string | undefined): RecordData {
  try {
    const values: unknown = JSON.parse(text ?? '{}')
    return isObject(values) ? (values as RecordData) : {}
  } catch {
    return {}
  }
}

function Create({
  view,
  form,
  context,
  given,
}: {
  view: AppView
  form: FormModel
  context: FormContext
  given: string | undefined
}) {
  const { t } = useTranslation('staff')
  const ui = useUi()
  const { user } = useSession()
  const navigate = useNavigate()
  const router = useRouter()
  const cache = useQueryClient()
  const reason = useReason()
  const { message } = App.useApp()
  const key = useRef(newKey())
  const setup = useMemo(
    () =>
      formSetup({
        context: { ...context, data: { ...context.data, ...readValues(given) } } as FormContext,
        form,
        view,
        user,
        zone: ui.zone,
        draftKey: `${view.id}.${form.id}.new`,
      }),
    [context, form, view, user, ui.zone, given],
  )
  const session = useFormSession(setup)
  const create = useMutation({
    mutationFn: () => {
      const values = Object.fromEntries(
        Object.entries({ ...setup.data, ...session.changes }).filter(
          ([field]) => session.state.fields.get(field)?.editable,
        ),
      )
      return client.records.create(view.id, form.id, values, { key: key.current })
    },
    onSuccess: (record) => {
      session.discard()
      void cache.invalidateQueries({ queryKey: ['records', view.id, form.id] })
      void message.success(t('create.done', { title: record.title }))
      void navigate({ to: places.record(view.id, form.id, record.id), replace: true })
    },
    onError: (error) => {
      key.current = newKey()
      if (error instanceof ApiProblem && error.problem.errors?.length) session.blame(error.problem.errors)
    },
  })
  const submit = () => {
    if (create.isPending) return
    if (session.reveal()) create.mutate()
    else showFirstProblem()
  }
  const label = t('create.title', { what: resolveText(form.definition.label, ui.locale) })
  return (
    <div className={styles.createPage}>
      <h1 className={styles.createTitle}>{label}</h1>
      <section className={styles.card}>
        {session.restored && session.dirty && (
          <Alert
            type="info"
            showIcon
            className={styles.alert ?? ''}
            title={t('record.restored')}
            action={
              <Button size="small" onClick={session.discard}>
                {t('record.discardDraft')}
              </Button>
            }
          />
        )}
        {create.error && <Alert type="error" showIcon className={styles.alert ?? ''} title={reason(create.error)} />}
        <FormView session={session} label={label} />
      </section>
      <div className={styles.createActs}>
        <Button type="primary" loading={create.isPending} onClick={submit}>
          {t('create.submit')}
        </Button>
        <Button onClick={() => router.history.back()}>{t('record.cancel')}</Button>
      </div>
    </div>
  )
}
