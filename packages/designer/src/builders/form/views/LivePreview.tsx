import type { View } from '@tenon/engine'
import { Catcher, useApps, useFormLookup, ViewPreview, Waiting } from '@tenon/runtime/page'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import type { Form } from '../edits/form-edit.ts'
import { useFormModel, useHome } from '../use-form.ts'
import styles from './views.module.css'

/** The chosen view as people will see it, over the records there are. */
export function LivePreview({ form, view }: { form: Form; view: View }) {
  const { t } = useTranslation('viewBench')
  const { id: app } = useHome()
  const model = useFormModel(form)
  const published = useFormLookup(app)(form.id)
  const { loading } = useApps()
  const shown = useDeferredValue(view)
  return (
    <section className={styles.preview} aria-label={t('preview')}>
      <h3 className={styles.previewTitle}>{t('preview')}</h3>
      <p className={styles.typeHint}>{t('previewHint')}</p>
      {model && published ? (
        <Catcher place={JSON.stringify(shown)} fallback={() => <p>{t('unsaved')}</p>}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a preview larger than its place is scrolled by keyboard */}
          <section className={styles.frame} tabIndex={0} aria-label={t('records')}>
            <ViewPreview app={app} form={model} published={published} view={shown} />
          </section>
        </Catcher>
      ) : loading ? (
        <Waiting rows={6} />
      ) : (
        <p className={styles.typeHint}>{t(model ? 'new' : 'unsaved')}</p>
      )}
    </section>
  )
}
