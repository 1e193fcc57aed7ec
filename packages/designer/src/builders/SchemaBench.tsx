import { useDocument } from '../draft/draft-context.tsx'
import { SchemaPanel } from '../panels/index.ts'
import type { BenchProps } from './contract.ts'
import { kinds, placeOf } from './kinds.ts'
import styles from './schema-bench.module.css'

/** The workbench of a kind that has none of its own: its schema as one form. */
export function SchemaBench({ path }: BenchProps) {
  const { document, edit } = useDocument(path)
  const place = placeOf(path)
  if (!document || !place) return null
  return (
    <div className={styles.bench}>
      <SchemaPanel
        schema={kinds[place.kind].schema}
        value={document}
        onChange={(next) => edit(path, () => next, 'schema')}
        scope={{ path, form: typeof document.form === 'string' ? document.form : undefined }}
      />
    </div>
  )
}
