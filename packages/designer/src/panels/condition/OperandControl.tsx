import { LinkOutlined } from '@ant-design/icons'
import type { ConditionValue, OperandShape } from '@tenon/engine'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PanelScope } from '../contract.ts'
import { DurationControl } from '../controls/DurationControl.tsx'
import { LiteralControl, LiteralsControl } from '../controls/LiteralControl.tsx'
import { isRefValue, RefControl } from '../controls/RefControl.tsx'
import type { Subject } from '../field-at.ts'
import styles from './condition.module.css'

type Props = {
  readonly shape: OperandShape
  readonly subject: Subject
  readonly value: ConditionValue | undefined
  readonly onChange: (next: ConditionValue | undefined) => void
  readonly scope: PanelScope
}

/** What a row compares with: a value of the field's own kind, or another field. */
export function OperandControl({ shape, subject, value, onChange, scope }: Props) {
  const { t } = useTranslation('panels')
  const [wantsField, setWantsField] = useState(false)
  if (shape === 'none') return null
  const isField = isRefValue(value) || (value === undefined && wantsField)
  return (
    <div className={styles.operand}>
      <div className={styles.grow}>
        {isField ? (
          <RefControl
            scope={scope}
            label={t('row.value')}
            value={isRefValue(value) ? value : undefined}
            onChange={onChange}
          />
        ) : (
          <Literal shape={shape} subject={subject} value={value} onChange={onChange} scope={scope} />
        )}
      </div>
      {shape === 'one' && (
        <Button
          type="text"
          size="small"
          icon={<LinkOutlined aria-hidden />}
          aria-pressed={isField}
          aria-label={t(isField ? 'row.asLiteral' : 'row.asField')}
          title={t(isField ? 'row.asLiteral' : 'row.asField')}
          onClick={() => {
            setWantsField(!isField)
            onChange(undefined)
          }}
        />
      )}
    </div>
  )
}

function Literal({ shape, subject, value, onChange, scope }: Props) {
  const { t } = useTranslation('panels')
  const put = (next: unknown) => onChange(next as ConditionValue | undefined)
  const label = t('row.value')
  if (shape === 'duration')
    return (
      <DurationControl
        label={label}
        scope={scope}
        value={typeof value === 'string' ? value : undefined}
        onChange={put}
      />
    )
  if (shape === 'many') return <LiteralsControl label={label} subject={subject} value={value} onChange={put} />
  if (shape === 'one') return <LiteralControl label={label} subject={elementOf(subject)} value={value} onChange={put} />
  const [low, high] = Array.isArray(value) ? (value as readonly unknown[]) : []
  return (
    <div className={styles.between}>
      <LiteralControl
        label={t('row.low')}
        subject={subject}
        value={low}
        onChange={(next) => put([next ?? '', high ?? ''])}
      />
      <LiteralControl
        label={t('row.high')}
        subject={subject}
        value={high}
        onChange={(next) => put([low ?? '', next ?? ''])}
      />
    </div>
  )
}

/** A list is compared with one of its elements: a text, or one of its choices. */
const elementOf = (subject: Subject): Subject =>
  subject.value.kind === 'list' ? { ...subject, value: { kind: subject.value.element ?? 'text' } } : subject
