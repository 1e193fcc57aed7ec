import { type FieldValue, type FormModel, fieldLabel, type RecordData } from '@tenon/engine'
import { Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '../../../contract/index.ts'
import { type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { Dialog } from '../../../ui/index.ts'
import { Moment } from '../../../ui/show/Moment.tsx'
import { Person } from '../../../ui/show/Person.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { contested, withTheirRows } from './contested.ts'
import styles from './record.module.css'

type Changes = { readonly [field: string]: FieldValue }
type Props = {
  readonly form: FormModel
  readonly current: RecordView
  readonly mine: Changes
  /** What the person began from. */
  readonly base: RecordData
  readonly onChoose: (values: Changes) => void
  readonly onCancel: () => void
}

/** Two people changed one record: both versions side by side, and a choice per field. Nothing is overwritten unseen. */
export function ConflictDialog({ form, current, mine, base, onChoose, onCancel }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const theirs = current.values as RecordData
  const fields = contested(mine, base, theirs, form)
  const [choice, setChoice] = useState<{ readonly [field: string]: 'mine' | 'theirs' }>({})
  const undecided = fields.filter((field) => !choice[field])
  const send = () => {
    const sent = Object.entries(mine).filter(([field]) => choice[field] !== 'theirs')
    onChoose(withTheirRows(Object.fromEntries(sent), base, theirs, form))
  }
  return (
    <Dialog
      width={680}
      title={t('conflict.title')}
      okText={t('conflict.send')}
      cancelText={t('conflict.back')}
      okButtonProps={{ disabled: undecided.length > 0 }}
      onOk={send}
      onCancel={onCancel}
    >
      <RefsProvider refs={current.refs as Refs}>
        <ShownFormProvider form={form}>
          <p className={styles.conflictBy}>
            {current.updated_by && <Person id={current.updated_by} />} <Moment at={current.updated_at} />{' '}
            {fields.length > 0 ? t('conflict.changed') : t('conflict.other')}
          </p>
          {fields.map((field) => {
            const model = form.fields.get(field)
            if (!model) return null
            return (
              <fieldset key={field} className={styles.conflictField}>
                <legend>{fieldLabel(model, locale)}</legend>
                <Radio.Group
                  value={choice[field] ?? null}
                  onChange={(event) =>
                    setChoice((before) => ({ ...before, [field]: event.target.value as 'mine' | 'theirs' }))
                  }
                  className={styles.conflictChoices ?? ''}
                >
                  <Radio value="mine">
                    <span className={styles.conflictLabel}>{t('conflict.mine')}</span>
                    <FieldValueView field={model} value={mine[field]} />
                  </Radio>
                  <Radio value="theirs">
                    <span className={styles.conflictLabel}>{t('conflict.theirs')}</span>
                    <FieldValueView field={model} value={theirs[field]} />
                  </Radio>
                </Radio.Group>
              </fieldset>
            )
          })}
        </ShownFormProvider>
      </RefsProvider>
    </Dialog>
  )
}
