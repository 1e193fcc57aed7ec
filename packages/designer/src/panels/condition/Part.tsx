import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { type Condition, type FactName, isFormula, isLeaf } from '@tenon/engine'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PanelScope } from '../contract.ts'
import { FormulaControl } from '../formula/FormulaControl.tsx'
import styles from './condition.module.css'
import { conditionOf, type GroupMode, groupOf, withPart } from './condition-tree.ts'
import { freshLeaf } from './fresh-leaf.ts'
import { LeafRow } from './LeafRow.tsx'
import { MetricRow } from './MetricRow.tsx'

export type PartProps = {
  readonly condition: Condition
  readonly onChange: (next: Condition | undefined) => void
  readonly scope: PanelScope
  readonly facts: readonly FactName[]
  readonly depth: number
}

const modes: readonly GroupMode[] = ['all', 'any', 'none']

/** All, any or none of its parts. */
export function ConditionGroup({ condition, onChange, scope, facts, depth }: PartProps) {
  const { t } = useTranslation('panels')
  const group = groupOf(condition)
  if (!group) return null
  const put = (next: typeof group) => onChange(next.parts.length === 0 ? undefined : conditionOf(next))
  return (
    <div className={styles.group} data-depth={depth}>
      <div className={styles.groupHead}>
        <Select
          size="small"
          aria-label={t('mode.title')}
          value={group.mode}
          options={modes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          onChange={(mode: GroupMode) => put({ ...group, mode })}
        />
        {depth > 0 && (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('removeGroup')}
            onClick={() => onChange(undefined)}
          />
        )}
      </div>
      {group.parts.map((part, at) => (
        <Part
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own, and rows never change places
          key={at}
          condition={part}
          onChange={(next) => put(withPart(group, at, next))}
          scope={scope}
          facts={facts}
          depth={depth + 1}
        />
      ))}
      {depth > 0 && (
        <Button
          type="dashed"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => put({ ...group, parts: [...group.parts, freshLeaf(facts)] })}
        >
          {t('addCondition')}
        </Button>
      )}
    </div>
  )
}

/** One part of a condition: a row, a figure, a formula or a group. */
export function Part(props: PartProps) {
  const { condition, onChange, scope } = props
  const { t } = useTranslation('panels')
  if (isLeaf(condition)) {
    const Row = condition.fact === 'metric' ? MetricRow : LeafRow
    return <Row {...props} leaf={condition} />
  }
  if (isFormula(condition))
    return (
      <div className={styles.row}>
        <div className={styles.grow}>
          <FormulaControl
            label={t('fact.formula')}
            scope={scope}
            value={condition.formula}
            onChange={(formula) => onChange({ formula: formula ?? 'true' })}
          />
        </div>
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('removeCondition')}
          onClick={() => onChange(undefined)}
        />
      </div>
    )
  return <ConditionGroup {...props} />
}
