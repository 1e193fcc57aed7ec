import { ArrowLeftOutlined, EditOutlined, MoreOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { type FormModel, resolveText } from '@tenon/engine'
import { App, Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AppView, RecordView } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { DropMenu } from '../../../ui/index.ts'
import { Countdown } from '../../../ui/show/Countdown.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import { useReason } from '../../shell/problems.ts'
import { shownClock } from '../tasks.ts'
import { ClockDialog } from './ClockDialog.tsx'
import styles from './record.module.css'
import { StageStepper } from './StageStepper.tsx'
import { shownFlow } from './stage-path.ts'
import type { Deeds } from './use-deeds.ts'

type Props = {
  readonly view: AppView
  readonly form: FormModel
  readonly record: RecordView
  readonly deeds: Deeds
  readonly phone: boolean
  readonly onEdit?: () => void
}

/** The most telling choices with a tone, beside the title: priority and the like. */
function headFields(form: FormModel, record: RecordView) {
  return [...form.fields.values()]
    .filter(
      ({ id, definition }) =>
        id !== form.stageField &&
        definition &&
        'options' in definition &&
        definition.options.some((option) => option.tone && option.id === record.values[id]),
    )
    .slice(0, 2)
}

/** Number, title, stage, clocks, and the buttons the form defines. */
export function RecordHeader({ view, form, record, deeds, phone, onEdit }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const { modal, notification } = App.useApp()
  const reason = useReason()
  const navigate = useNavigate()
  const router = useRouter()
  const cache = useQueryClient()
  const stage = form.stageField ? (record.values[form.stageField] as string | null | undefined) : undefined
  const clocks = record.clocks.filter(({ kind, state }) => kind === 'policy' && state !== 'cancelled')
  const removing = useMutation({
    mutationFn: () => client.records.remove(record.app, record.form, record.id, record.version),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['records', record.app, record.form] })
      void navigate({ to: places.list(record.app, record.form) })
    },
    onError: (error) => notification.error({ title: t('record.notDone'), description: reason(error), duration: 0 }),
  })
  const press = (id: string) => {
    const action = form.definition.actions?.find((one) => one.id === id)
    if (!action?.confirm) return deeds.press(id)
    modal.confirm({
      title: resolveText(action.label, locale),
      content: resolveText(action.confirm, locale),
      onOk: () => deeds.press(id),
    })
  }
  const actions = (form.definition.actions ?? []).filter(({ id }) => record.actions.includes(id))
  const inline = phone ? [] : actions.slice(0, 3)
  const more = [
    ...actions
      .filter((action) => !inline.includes(action))
      .map((action) => ({
        key: action.id,
        label: resolveText(action.label, locale),
        danger: action.tone === 'danger',
        onClick: () => press(action.id),
      })),
    {
      key: '_copy',
      label: t('record.copyLink'),
      onClick: () => void navigator.clipboard?.writeText(location.href.split('?')[0] ?? ''),
    },
    ...(record.can.includes('delete')
      ? [
          {
            key: '_delete',
            danger: true,
            label: t('record.delete'),
            onClick: () =>
              modal.confirm({
                title: t('record.deleteTitle', { title: record.title }),
                content: t('record.deleteHint'),
                okText: t('record.delete'),
                okButtonProps: { danger: true },
                onOk: () => removing.mutateAsync().catch(() => {}),
              }),
          },
        ]
      : []),
  ]
  return (
    <header className={styles.header}>
      <div className={styles.headLine}>
        <Tooltip title={t('record.back')}>
          <Button
            type="text"
            size="small"
            icon={<ArrowLeftOutlined />}
            aria-label={t('record.back')}
            onClick={() =>
              router.history.canGoBack()
                ? router.history.back()
                : void navigate({ to: places.list(record.app, record.form) })
            }
          />
        </Tooltip>
        <h1 className={styles.recordTitle}>{record.title}</h1>
        <ShownFormProvider form={form}>
          <span className={styles.headPills}>
            {headFields(form, record).map((field) => (
              <FieldValueView key={field.id} field={field} value={record.values[field.id]} cell />
            ))}
          </span>
        </ShownFormProvider>
        <span className={styles.headClocks}>
          {clocks.map((clock) => (
            <ClockDialog key={clock.id} clock={clock} onAcknowledge={(note) => deeds.acknowledge(clock.id, note)}>
              <Countdown clock={shownClock(clock)} label={resolveText(clock.label, locale)} />
            </ClockDialog>
          ))}
        </span>
        <span className={styles.headActions}>
          {inline.map((action) => (
            <Button
              key={action.id}
              danger={action.tone === 'danger'}
              loading={deeds.busy === `action:${action.id}`}
              onClick={() => press(action.id)}
            >
              {resolveText(action.label, locale)}
            </Button>
          ))}
          {onEdit && (
            <Button
              icon={<EditOutlined />}
              onClick={onEdit}
              {...(phone ? { type: 'text' as const, 'aria-label': t('record.edit') } : {})}
            >
              {phone ? null : t('record.edit')}
            </Button>
          )}
          <DropMenu menu={{ items: more }}>
            <Button type="text" icon={<MoreOutlined />} aria-label={t('record.more')} />
          </DropMenu>
        </span>
      </div>
      <StageStepper form={form} flow={shownFlow(view.flows, form.id, stage ?? null)} stage={stage ?? null} />
    </header>
  )
}
