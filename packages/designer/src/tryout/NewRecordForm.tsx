import type { FormModel } from '@tenon/engine'
import { FormView, useFormSession, useUi } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { trySetup } from './form-setup.ts'
import styles from './tryout.module.css'

type Props = {
  readonly form: FormModel
  readonly busy: boolean
  readonly onBegin: (values: { readonly [field: string]: unknown }) => void
}

/** A record filled in for the try, on the real form. */
export function NewRecordForm({ form, busy, onBegin }: Props) {
  const { t } = useTranslation('tryout')
  const { zone, locale } = useUi()
  const setup = useMemo(
    () => trySetup({ form, mode: 'create', mask: null, data: {}, now: Date.now(), zone, locale }),
    [form, zone, locale],
  )
  const session = useFormSession(setup)
  const begin = () => {
    const values = { ...setup.data, ...session.changes }
    const entered = Object.entries(values).filter(
      ([field, value]) => session.state.fields.get(field)?.editable && value !== null && value !== '',
    )
    onBegin(Object.fromEntries(entered))
  }
  return (
    <div className={styles.begin} data-narrow="true">
      <FormView session={session} label={t('fromValues')} />
      <Button type="primary" loading={busy} onClick={() => session.reveal() && begin()}>
        {t('begin')}
      </Button>
    </div>
  )
}
