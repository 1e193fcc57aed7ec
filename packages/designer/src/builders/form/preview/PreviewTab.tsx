import { type FormModel, isObject } from '@tenon/engine'
import { usePreferences, useSession } from '@tenon/runtime/page'
import { type FormSetup, FormView, serverNow, UiEnvironmentProvider, useFormSession, useUi } from '@tenon/runtime/ui'
import { Alert, Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftPart } from '../../../draft/draft-context.tsx'
import { labelOf } from '../../../draft/labels.ts'
import styles from '../form-bench.module.css'
import { draftApp, previewSetup, type Step, stepsOf } from './preview-setup.ts'

type Props = { readonly id: string; readonly width: 'desktop' | 'phone' }

/** The form as somebody finds it: choose a role and a step, type sample values, see what shows and what is asked. */
export function PreviewTab({ id, width }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const { user } = useSession()
  const ui = useUi()
  const documents = useDraftPart((state) => state.documents)
  const app = useMemo(() => draftApp(documents), [documents])
  const form = app?.forms.get(id)
  const [role, setRole] = useState<string>()
  const [step, setStep] = useState('')
  const steps = useMemo(() => (app ? stepsOf(app, id) : []), [app, id])
  const roles = app?.definition.roles ?? []
  const chosenRole = role ?? roles[0]?.id ?? ''
  const setup = useMemo<FormSetup | undefined>(() => {
    if (!app || !form) return undefined
    const [flow, node] = step.split('/')
    const at: Step | undefined = flow && node ? { flow, node } : undefined
    const who = { ...user, departments: user.department ? [user.department] : [] }
    return previewSetup({ app, form, role: chosenRole, step: at, locale, now: serverNow(), zone: ui.zone, user: who })
  }, [app, form, step, chosenRole, locale, user, ui.zone])
  const environment = useMemo(
    () => ({ ...ui, lookup: (name: string): FormModel | undefined => app?.forms.get(name) ?? ui.lookup(name) }),
    [ui, app],
  )
  if (!setup) return <p className={styles.emptyList}>{t('unreadable')}</p>
  return (
    <div className={styles.preview}>
      <div className={styles.previewBar}>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the select inside is its control */}
        <label className={styles.control}>
          <span>{t('preview.role')}</span>
          <Select
            value={chosenRole}
            onChange={setRole}
            options={roles.map((one) => ({ value: one.id, label: labelOf(one, locale, one.id) }))}
          />
        </label>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the select inside is its control */}
        <label className={styles.control}>
          <span>{t('preview.step')}</span>
          <Select
            value={step}
            onChange={setStep}
            options={[
              { value: '', label: t('preview.create') },
              ...steps.map(({ flow, nodes }) => ({
                label: labelOf(flow, locale, t('unnamed')),
                options: nodes.map((node) => ({
                  value: `${flow.id}/${node.id}`,
                  label: isObject(node) ? labelOf(node, locale, t('unnamed')) : '',
                })),
              })),
            ]}
          />
        </label>
        <p className={styles.hint}>{t('preview.hint')}</p>
      </div>
      <div className={styles.canvas} data-width={width}>
        <UiEnvironmentProvider value={environment}>
          <Trial key={`${chosenRole} ${step}`} setup={setup} />
        </UiEnvironmentProvider>
      </div>
    </div>
  )
}

function Trial({ setup }: { setup: FormSetup }) {
  const { t } = useTranslation('formBench')
  const session = useFormSession(setup)
  const [checked, setChecked] = useState(false)
  const shows = [...session.state.fields.values()].some(({ visible }) => visible)
  return (
    <div className={styles.sheet}>
      {shows ? (
        <FormView session={session} label={t('preview.form')} />
      ) : (
        <p className={styles.emptyList}>{t('preview.nothing')}</p>
      )}
      {shows && (
        <div className={styles.row}>
          <Button
            onClick={() => {
              session.reveal()
              setChecked(true)
            }}
          >
            {t('preview.check')}
          </Button>
          <Button
            onClick={() => {
              session.discard()
              setChecked(false)
            }}
          >
            {t('preview.clear')}
          </Button>
        </div>
      )}
      {checked && (
        <Alert
          type={session.problems.length === 0 ? 'success' : 'warning'}
          title={
            session.problems.length === 0
              ? t('preview.fine')
              : t('preview.problems', { count: session.problems.length })
          }
          description={session.problems.map(({ text }) => text).join(' ')}
        />
      )}
    </div>
  )
}
