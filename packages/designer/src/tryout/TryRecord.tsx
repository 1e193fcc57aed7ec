import type { FieldValue, FormModel } from '@tenon/engine'
import { fieldLabel } from '@tenon/engine'
import type { Simulated } from '@tenon/runtime/contract'
import { FieldValueView, formatMoment, isBlank, ShownFormProvider, useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import styles from './tryout.module.css'

type Props = {
  readonly answer: Simulated
  readonly form: FormModel
  readonly nameOf: (node: string) => string
}

/** What the try has made of the record, the promises that run on it, and what would have been sent. */
export function TryRecord({ answer, form, nameOf }: Props) {
  const { t } = useTranslation('tryout')
  const ui = useUi()
  const now = Date.parse(answer.now)
  const values = Object.entries(answer.record?.values ?? {}).filter(([field, value]) => {
    const model = form.fields.get(field)
    return model?.definition !== undefined && !isBlank(value)
  })
  return (
    <>
      <h4 className={styles.head}>{t('messages', { count: answer.messages.length })}</h4>
      <ul className={styles.list}>
        {answer.messages.toReversed().map((message, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity and are never moved
          <li key={at}>
            <span className={styles.small}>
              {t(`channel.${message.channel}`)} → {message.to}
            </span>
            <span>{message.title || message.body}</span>
          </li>
        ))}
      </ul>
      <h4 className={styles.head}>{t('clocks', { count: answer.clocks.length })}</h4>
      <ul className={styles.list}>
        {answer.clocks.map((clock) => (
          <li key={`${clock.form} ${clock.clock} ${clock.dueAt}`}>
            <span>{nameOf(clock.clock)}</span>
            <span
              className={styles.small}
              data-late={
                clock.met === false ||
                (clock.state === 'running' && clock.dueAt !== null && Date.parse(clock.dueAt) < now)
              }
            >
              {t(`clockState.${clockState(clock.state)}`)}
              {clock.dueAt && ` · ${t('due', { when: formatMoment(Date.parse(clock.dueAt), now, ui) })}`}
            </span>
          </li>
        ))}
      </ul>
      <h4 className={styles.head}>{answer.record?.title || t('aRecord')}</h4>
      <ShownFormProvider form={form}>
        <dl className={styles.values}>
          {values.flatMap(([field, value]) => {
            const model = form.fields.get(field)
            if (!model) return []
            return [
              <dt key={field}>{fieldLabel(model, ui.locale)}</dt>,
              <dd key={`${field}=`}>
                <FieldValueView field={model} value={value as FieldValue} cell />
              </dd>,
            ]
          })}
        </dl>
      </ShownFormProvider>
    </>
  )
}

const states = ['running', 'paused', 'stopped', 'cancelled'] as const
const clockState = (state: string) => states.find((one) => one === state) ?? 'running'
