import { useMutation } from '@tanstack/react-query'
import { type FormDefinition, formModel, type RecordData, resolveText } from '@tenon/engine'
import { Alert, Button } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, newKey, type PublicFormView, type PublicReceipt } from '../../contract/index.ts'
import { emptyEnvironment, RefsProvider, type UiEnvironment, UiEnvironmentProvider } from '../../ui/environment.tsx'
import { FormView } from '../../ui/form/FormView.tsx'
import { showFirstProblem } from '../../ui/form/show-first-problem.ts'
import { type FormSetup, useFormSession } from '../../ui/form/use-form-session.ts'
import { serverNow } from '../../ui/show/now.ts'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { useReason } from '../shell/problems.ts'
import { uploadTo } from '../shell/upload.ts'
import styles from './public.module.css'
import { beginVisit, endVisit, type Visit, withFile } from './visit.ts'

type Props = {
  readonly token: string
  readonly view: PublicFormView
  readonly onSent: (receipt: PublicReceipt) => void
}

/** The form as everywhere, with the hands of somebody who has no account. */
export function PublicForm(props: Props) {
  const { token, view } = props
  const { locale } = usePreferences()
  const visit = useRef<Visit>(null as never)
  visit.current ??= beginVisit(token)
  const [began] = useState(visit.current)
  const addresses = useRef(new Map<string, string>())
  const environment = useMemo<UiEnvironment>(
    () => ({
      ...emptyEnvironment,
      locale,
      zone: view.zone,
      currency: view.currency,
      async uploadFile(file, progress) {
        const done = await uploadTo(client.publicForms.filesAddress(token, visit.current.secret), file, progress)
        addresses.current.set(done.id, URL.createObjectURL(file))
        visit.current = withFile(token, visit.current, done.id, done.ref)
        return done
      },
      fileAddress: (id) => addresses.current.get(id) ?? '#',
    }),
    [locale, token, view.zone, view.currency],
  )
  return (
    <UiEnvironmentProvider value={environment}>
      <RefsProvider refs={began.files}>
        <Sheet {...props} secretOf={() => visit.current.secret} />
      </RefsProvider>
    </UiEnvironmentProvider>
  )
}

function setupOf(token: string, view: PublicFormView): FormSetup {
  return {
    form: formModel(view.definition as unknown as FormDefinition, { id: 'public', currency: view.currency }),
    mode: 'create',
    mask: null,
    rights: view.rights,
    schema: view.schema as FormSetup['schema'],
    uiSchema: view.uiSchema as FormSetup['uiSchema'],
    data: view.data as RecordData,
    version: null,
    facts: { now: serverNow(), zone: view.zone },
    draftKey: `public.${token}`,
  }
}

function Sheet({ token, view, onSent, secretOf }: Props & { readonly secretOf: () => string }) {
  const { t } = useTranslation('public')
  const { locale } = usePreferences()
  const setup = useMemo(() => setupOf(token, view), [token, view])
  const session = useFormSession(setup)
  const key = useRef(newKey())
  const trap = useRef<HTMLInputElement>(null)
  const submit = useMutation({
    mutationFn: () => {
      const values = Object.fromEntries(
        Object.entries({ ...setup.data, ...session.changes }).filter(
          ([field]) => session.state.fields.get(field)?.editable,
        ),
      )
      const body = { values, visit: secretOf(), website: trap.current?.value ?? '' }
      return client.publicForms.submit(token, body, { key: key.current })
    },
    onSuccess: (receipt) => {
      session.discard()
      endVisit(token)
      onSent(receipt)
      window.scrollTo({ top: 0 })
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem)) return
      key.current = newKey()
      if (error.problem.errors?.length) session.blame(error.problem.errors)
    },
  })
  const send = () => {
    if (submit.isPending) return
    if (session.reveal()) submit.mutate()
    else showFirstProblem()
  }
  const title = resolveText(view.title, locale)
  const intro = view.intro === null ? '' : resolveText(view.intro, locale)
  return (
    <>
      <section className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        {intro !== '' && <p className={styles.intro}>{intro}</p>}
        {session.restored && session.dirty && (
          <Alert
            type="info"
            showIcon
            className={styles.alert ?? ''}
            title={t('restored')}
            action={
              <Button size="small" onClick={session.discard}>
                {t('discard')}
              </Button>
            }
          />
        )}
        <FormView session={session} label={title} />
        <div className={styles.trap} aria-hidden>
          <label>
            {t('trap')}
            <input ref={trap} name="website" tabIndex={-1} autoComplete="off" />
          </label>
        </div>
        {submit.error && <Refusal error={submit.error} />}
      </section>
      <div className={styles.acts}>
        <Button type="primary" size="large" block loading={submit.isPending} onClick={send}>
          {t('submit')}
        </Button>
      </div>
    </>
  )
}

/** What stands at no field: said as a whole, above the button that was pressed. */
function Refusal({ error }: { error: Error }) {
  const { t } = useTranslation('public')
  const reason = useReason()
  const problem = error instanceof ApiProblem ? error.problem : undefined
  const seconds = error instanceof ApiProblem ? error.retryAfterSeconds : undefined
  const whole = (problem?.errors ?? []).flatMap(({ path, message }) => (path === '' ? [message] : []))
  const text =
    seconds !== undefined
      ? t('tooMany', { minutes: Math.ceil(seconds / 60) })
      : whole.length > 0
        ? whole.join(' ')
        : problem?.errors?.length
          ? t('wrong')
          : reason(error)
  return <Alert type="error" showIcon className={styles.alert ?? ''} title={text} />
}
