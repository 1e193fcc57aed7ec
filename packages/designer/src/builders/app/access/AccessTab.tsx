import { Nothing, usePreferences } from '@tenon/runtime/page'
import { Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../../draft/labels.ts'
import { useAppModel } from '../../../draft/use-app-model.ts'
import { usePlace } from '../../use-place.ts'
import styles from './access.module.css'
import { FieldMatrix } from './FieldMatrix.tsx'
import { Overview } from './Overview.tsx'
import { RightsTable } from './RightsTable.tsx'
import { useFormAccess } from './use-form-access.ts'
import { ViewAsPanel } from './ViewAsPanel.tsx'

type View = 'rights' | 'fields' | 'viewAs'

/** Roles × forms, and of one form: roles × rights × rows, roles × fields, and what somebody sees of it and why. */
export function AccessTab() {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const app = useAppModel()
  const { at, go } = usePlace()
  const [view, setView] = useState<View>('rights')
  const forms = [...(app?.forms.values() ?? [])].map(({ id, definition }) => ({
    value: id,
    label: labelOf(definition, locale, id),
  }))
  const chosen = at?.startsWith('forms/') ? at.slice('forms/'.length) : ''
  const isForm = forms.some(({ value }) => value === chosen)
  if (forms.length === 0) return <Nothing title={t('access.noForms')} hint={t('access.noFormsHint')} />
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <Select
          aria-label={t('access.form')}
          value={isForm ? chosen : ''}
          options={[{ value: '', label: t('access.allForms') }, ...forms]}
          onChange={(form) => go({ at: form === '' ? undefined : `forms/${form}` })}
          className={styles.form ?? ''}
        />
        {isForm && (
          <Segmented<View>
            aria-label={t('access.view')}
            value={view}
            onChange={setView}
            options={(['rights', 'fields', 'viewAs'] as const).map((value) => ({
              value,
              label: t(`access.views.${value}`),
            }))}
          />
        )}
      </div>
      {isForm ? (
        <OneForm key={chosen} id={chosen} view={view} />
      ) : (
        <Overview onForm={(form) => go({ at: `forms/${form}` })} />
      )}
    </div>
  )
}

function OneForm({ id, view }: { readonly id: string; readonly view: View }) {
  const access = useFormAccess(id)
  if (!access) return null
  if (view === 'rights') return <RightsTable access={access} />
  return view === 'fields' ? <FieldMatrix access={access} /> : <ViewAsPanel access={access} />
}
