import { useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { SchemaPanel } from '../panels/index.ts'
import type { BenchProps } from './contract.ts'
import { kinds, placeOf } from './kinds.ts'
import styles from './schema-bench.module.css'

/** The workbench of a kind that has none of its own: its schema as one form. */
export function SchemaBench({ path }: BenchProps) {
  const { t } = useTranslation('designer')
  const { locale } = useUi()
  const { document, edit } = useDocument(path)
  const place = placeOf(path)
  if (!document || !place) return null
  const form = place.kind === 'form' ? place.id : document.form
  const name = labelOf(document, locale, t(`kind.${place.kind}`))
  return (
    <div className={styles.bench}>
      <SchemaPanel
        schema={kinds[place.kind].schema}
        value={document}
        onChange={(next) => edit(name, () => next, 'schema')}
        scope={{ path, form: typeof form === 'string' ? form : undefined }}
      />
    </div>
  )
}
