import { type FieldModel, type FieldValue, fieldLabel, resolveText } from '@tenon/engine'
import { memo } from 'react'
import { useUi } from '../environment.tsx'
import { FieldValueView } from '../fields/FieldValueView.tsx'
import { faceOf } from '../fields/index.ts'
import { FieldFrame } from './FieldFrame.tsx'
import styles from './form.module.css'
import { LinkCard } from './LinkCard.tsx'

type Props = {
  readonly field: FieldModel
  readonly id: string
  readonly value: FieldValue | undefined
  readonly editable: boolean
  readonly required: boolean
  readonly problems: readonly string[]
  /** Of single cells of rows. */
  readonly places?: ReadonlyMap<string, string> | undefined
  readonly onChange: (value: FieldValue) => void
  readonly onBlur?: () => void
}

/** One field of a form: label, control or value, help, and what is wrong with it; drawn again when one of them is another. */
export const FieldBox = memo(function FieldBox(props: Props) {
  const { field, id, value, editable, required, problems, places, onChange, onBlur } = props
  const { locale } = useUi()
  const definition = field.definition
  const face = definition && faceOf(definition.type)
  const Edit = editable ? face?.Edit : undefined
  const card = field.target?.kind === 'record' && typeof value === 'string'
  return (
    <FieldFrame
      id={id}
      label={fieldLabel(field, locale)}
      help={resolveText(definition?.help, locale)}
      required={required}
      problems={problems}
      around={Edit ? (face?.grouped ? 'group' : 'control') : 'value'}
      aside={card && <LinkCard field={field} id={value} />}
    >
      {(describedBy) =>
        Edit && definition ? (
          <Edit
            field={definition}
            id={id}
            value={value}
            onChange={onChange}
            onBlur={onBlur}
            invalid={problems.length > 0}
            describedBy={describedBy}
            places={places}
          />
        ) : (
          <div className={`${styles.value} ${styles.boxed}`}>
            <FieldValueView field={field} value={value} />
          </div>
        )
      }
    </FieldFrame>
  )
}, isSameBox)

const isSameList = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((text, at) => text === other[at])

/** Problems are listed anew with every key; what counts is what they say. */
function isSameBox(before: Props, now: Props): boolean {
  const parts = Object.keys({ ...before, ...now }) as (keyof Props)[]
  return parts.every((part) =>
    part === 'problems' ? isSameList(before.problems, now.problems) : before[part] === now[part],
  )
}
