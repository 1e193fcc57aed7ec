import { CloseOutlined } from '@ant-design/icons'
import { isFormula, isLeaf } from '@tenon/engine'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormulaControl } from '../formula/FormulaControl.tsx'
import { ConditionGroup, type PartProps } from './ConditionGroup.tsx'
import styles from './condition.module.css'
import { LeafRow } from './LeafRow.tsx'
import { MetricRow } from './MetricRow.tsx'

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
