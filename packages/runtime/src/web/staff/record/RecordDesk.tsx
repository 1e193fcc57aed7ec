import { useQueryClient } from '@tanstack/react-query'
import type { FormModel, RecordData } from '@tenon/engine'
import { Alert, Button, Tabs } from 'antd'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppView, FormContext, RecordView, TaskView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { ReadSections } from '../../../ui/form/ReadSections.tsx'
import { useFormSession } from '../../../ui/form/use-form-session.ts'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { useSession } from '../../shell/session.tsx'
import { Waiting } from '../../shell/states.tsx'
import { ConflictDialog } from './ConflictDialog.tsx'
import { formSetup } from './form-setup.ts'
import { RecordHeader } from './RecordHeader.tsx'
import { Related } from './Related.tsx'
import styles from './record.module.css'
import { StoredAt } from './StoredAt.tsx'
import { TaskBar } from './TaskBar.tsx'
import { TimelinePanel } from './TimelinePanel.tsx'
import { useApproval, useMyAnswer } from './use-approval.ts'
import { useDeeds } from './use-deeds.ts'
import { useStoredDraft } from './use-stored-draft.ts'

const FormView = lazy(async () => ({ default: (await import('../../../ui/form/FormView.tsx')).FormView }))

type Props = {
  readonly view: AppView
  readonly form: FormModel
  readonly record: RecordView
  readonly context: FormContext
  readonly task: TaskView | undefined
  readonly tasks: readonly TaskView[]
}

/** The record as a desk: my step on top, the rest folded below, the conversation beside it. */
export function RecordDesk({ view, form, record, context, task, tasks }: Props) {
  const { t } = useTranslation('staff')
  const phone = usePhone()
  const ui = useUi()
  const cache = useQueryClient()
  const { user } = useSession()
  const [editing, setEditing] = useState(false)
  // What somebody is working on does not change under her hands: newer data waits until she has nothing unsaved.
  const [base, setBase] = useState(context)
  const draftKey = `${record.id}.${context.mode === 'task' ? (task?.id ?? '') : 'edit'}`
  const setup = useMemo(
    () => formSetup({ context: base, form, view, user, zone: ui.zone, draftKey }),
    [base, form, view, user, ui.zone, draftKey],
  )
  const session = useFormSession(setup)
  const stale = context !== base
  useEffect(() => {
    if (stale && (!session.dirty || base.mode !== context.mode)) setBase(context)
  }, [stale, session.dirty, context, base.mode])
  const newer =
    session.dirty && context.version !== null && session.version !== null && context.version > session.version

  const approval = useApproval(task ?? tasks[0])
  const answer = useMyAnswer(record.id, user.id)
  const stored = useStoredDraft(base.mode === 'task' ? approval : undefined, session)
  const deeds = useDeeds({ record, task, session, onSaved: () => setEditing(false) })
  const atTask = base.mode === 'task'
  const isEditable = (field: string) =>
    session.state.fields.get(field)?.editable === true && session.state.fields.get(field)?.visible === true
  const stepFields = form.definition.fields.filter(({ id }) => isEditable(id))
  const showForm = (atTask || editing) && stepFields.length > 0
  const restored = session.restored && session.dirty
  const canEdit = !atTask && record.can.includes('update') && stepFields.length > 0

  // A draft of an earlier visit opens the form it belongs to.
  const reopened = useRef(false)
  useEffect(() => {
    if (!reopened.current && restored && canEdit) setEditing(true)
    reopened.current = true
  }, [restored, canEdit])

  const step = showForm && (
    <section className={styles.card} aria-label={atTask ? t('record.thisStep') : t('record.editing')}>
      <h2 className={styles.cardTitle}>{atTask ? t('record.thisStep') : t('record.editing')}</h2>
      {stored && <Alert type="info" showIcon className={styles.alert ?? ''} title={<StoredAt at={stored} />} />}
      {restored && !stored && (
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
      {newer && !deeds.conflict && (
        <Alert type="warning" showIcon className={styles.alert ?? ''} title={t('record.changedMeanwhile')} />
      )}
      <Suspense fallback={<Waiting rows={3} />}>
        <FormView
          session={session}
          only={isEditable}
          plain={atTask}
          label={atTask ? t('record.thisStep') : t('record.editing')}
        />
      </Suspense>
      {editing && (
        <div className={styles.formActions}>
          <Button type="primary" loading={deeds.busy === 'save'} disabled={!session.dirty} onClick={deeds.save}>
            {t('record.save')}
          </Button>
          <Button
            onClick={() => {
              session.discard()
              setEditing(false)
            }}
          >
            {t('record.cancel')}
          </Button>
        </div>
      )}
    </section>
  )
  const rest = (
    <section className={styles.card} aria-label={t('record.fields')}>
      <ReadSections
        form={form}
        values={record.values as RecordData}
        without={(field) =>
          (showForm && isEditable(field)) || !(field in base.rights ? base.rights[field] !== 'hidden' : true)
        }
        folded={showForm && !phone ? false : showForm}
      />
    </section>
  )
  const timeline = <TimelinePanel view={view} form={form} record={record} />
  const related = <Related view={view} form={form} record={record} />
  const bar = <TaskBar task={task} tasks={tasks} approval={approval} answer={answer} deeds={deeds} phone={phone} />
  return (
    <div className={styles.page} data-phone={phone}>
      <RecordHeader
        view={view}
        form={form}
        record={record}
        deeds={deeds}
        phone={phone}
        {...(canEdit && !editing ? { onEdit: () => setEditing(true) } : {})}
      />
      {!phone && bar}
      {phone ? (
        <Tabs
          className={styles.phoneTabs ?? ''}
          items={[
            {
              key: 'do',
              label: t('record.tabDetails'),
              children: (
                <div className={styles.column}>
                  {step}
                  {rest}
                  {related}
                </div>
              ),
            },
            { key: 'talk', label: t('record.timeline'), children: timeline },
          ]}
        />
      ) : (
        <div className={styles.columns}>
          <div className={styles.column}>
            {step}
            {rest}
            {related}
          </div>
          <aside className={styles.aside} aria-label={t('record.timeline')}>
            {timeline}
          </aside>
        </div>
      )}
      {phone && bar}
      {deeds.conflict && (
        <ConflictDialog
          form={form}
          current={deeds.conflict.current}
          mine={session.changes}
          base={setup.data}
          onCancel={() => {
            deeds.forgetConflict()
            void cache.invalidateQueries({ queryKey: ['record', record.id] })
          }}
          onChoose={deeds.resolve}
        />
      )}
    </div>
  )
}
