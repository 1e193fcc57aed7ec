import { type FormModel, type View, viewTypeNames } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import { become, lacksFor } from './become.ts'
import { TypePicture } from './TypePicture.tsx'
import styles from './views.module.css'

type Props = {
  readonly view: View
  readonly form: FormModel
  readonly onChange: (next: View) => void
}

/** What a view looks like, chosen by its picture; a look the form has no fields for says which. */
export function ViewType({ view, form, onChange }: Props) {
  const { t } = useTranslation('viewBench')
  return (
    <fieldset className={styles.types} aria-label={t('type')}>
      {viewTypeNames.map((type) => {
        const lacks = lacksFor(type, form)
        return (
          <button
            key={type}
            type="button"
            aria-pressed={view.type === type}
            className={styles.type}
            disabled={lacks !== undefined && view.type !== type}
            onClick={() => {
              if (view.type !== type) onChange(become(view, type, form))
            }}
          >
            <TypePicture type={type} />
            <span className={styles.typeName}>{t(`types.${type}.name`)}</span>
            <span className={styles.typeHint}>{lacks ? t(`needs.${lacks}`) : t(`types.${type}.hint`)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
