import { FormDefinition } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { ElementPanel } from './ElementPanel.tsx'
import type { Form } from './edits/form-edit.ts'
import styles from './form-bench.module.css'
import { PublicFormSection } from './public/PublicFormSection.tsx'
import type { EditForm } from './use-form.ts'

type Props = { readonly path: string; readonly form: Form; readonly edit: EditForm }

/** What a record of the form is called, how it is shown, and whether people outside may send some in. */
export function SettingsTab({ path, form, edit }: Props) {
  const { t } = useTranslation('formBench')
  return (
    <div className={styles.settings}>
      <h2 className={styles.entriesTitle}>{t('tab.settings')}</h2>
      <ElementPanel
        path={path}
        form={form.id}
        schema={FormDefinition}
        value={form as never}
        only={['label', 'plural', 'description', 'icon', 'title']}
        onChange={(next, key) => edit(t('did.settings'), () => next as Form, `settings ${key}`)}
      />
      <PublicFormSection path={path} form={form} edit={edit} />
    </div>
  )
}
