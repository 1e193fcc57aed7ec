import type { FormModel } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useId } from 'react'
import { LiteralControl } from '../../panels/controls/LiteralControl.tsx'
import { subjectAt } from '../../panels/field-at.ts'
import { useDraftApp } from '../../panels/index.ts'
import { pathLabel } from '../../panels/reference-choices.ts'
import styles from '../frame/split-bench.module.css'
import type { Given } from './given-record.ts'

type Props = {
  readonly form: FormModel
  readonly paths: readonly string[]
  readonly given: Given
  readonly onChange: (next: Given) => void
}

/** Values of a record that is only thought of, for the fields something looks at. */
export function GivenFields({ form, paths, given, onChange }: Props) {
  const { locale } = useUi()
  const app = useDraftApp()
  const base = useId()
  const give = (path: string, value: unknown) => {
    const { [path]: _old, ...rest } = given
    onChange(value === undefined ? rest : { ...rest, [path]: value })
  }
  return paths.map((path) => {
    const subject = subjectAt('record', path.split('.'), form, app)
    const label = pathLabel(path.split('.'), form, { app, locale }) ?? path
    return (
      <div key={path} className={styles.field}>
        <label htmlFor={`${base}${path}`}>{label}</label>
        {subject && (
          <LiteralControl
            id={`${base}${path}`}
            subject={subject}
            label={label}
            value={given[path]}
            onChange={(next) => give(path, next)}
          />
        )}
      </div>
    )
  })
}
