import { FunctionOutlined, FundOutlined, GroupOutlined, PlusOutlined } from '@ant-design/icons'
import type { Condition, FactName } from '@tenon/engine'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { placeOf } from '../../builders/kinds.ts'
import type { ControlProps, PanelScope } from '../contract.ts'
import styles from './condition.module.css'
import { extended, groupOf } from './condition-tree.ts'
import { tellCondition } from './condition-words.ts'
import { freshLeaf } from './fresh-leaf.ts'
import { ConditionGroup, Part } from './Part.tsx'
import { useTelling } from './use-telling.ts'

/** Facts of a place by the kind of its definition, where nothing says it. */
function factsOf({ path, facts }: PanelScope): readonly FactName[] {
  if (facts) return facts
  switch (placeOf(path)?.kind) {
    case 'rule':
      return ['record', 'previous', 'user', 'now', 'event', 'metric', 'env']
    case 'flow':
      return ['record', 'previous', 'user', 'now', 'flow', 'task', 'env']
    case 'assignment':
      return ['candidate', 'record', 'now']
    case 'policy':
      return ['record', 'now']
    default:
      return ['record', 'previous', 'user', 'now']
  }
}

type Props = ControlProps<Condition> & {
  /** Always open, where the condition is what the page is about. */
  readonly open?: boolean
}

/** A condition: a sentence until somebody opens it, then groups and rows of pickers. */
export function ConditionControl({ value, onChange, scope, label, id, open = false }: Props) {
  const { t } = useTranslation('panels')
  const telling = useTelling(scope)
  const [opened, setOpened] = useState(false)
  const facts = factsOf(scope)
  const add = (part: Condition) => {
    setOpened(true)
    onChange(extended(value, part))
  }
  if (value !== undefined && !opened && !open)
    return (
      <button
        type="button"
        id={id}
        aria-label={[label, tellCondition(value, telling)].filter(Boolean).join(': ')}
        className={styles.sentence}
        onClick={() => setOpened(true)}
        aria-expanded={false}
      >
        {tellCondition(value, telling)}
      </button>
    )
  return (
    <fieldset id={id} className={styles.condition} aria-label={label ?? t('condition')}>
      {value !== undefined &&
        (groupOf(value) ? (
          <ConditionGroup condition={value} onChange={onChange} scope={scope} facts={facts} depth={0} />
        ) : (
          <Part condition={value} onChange={onChange} scope={scope} facts={facts} depth={0} />
        ))}
      <div className={styles.adds}>
        <Button type="dashed" size="small" icon={<PlusOutlined aria-hidden />} onClick={() => add(freshLeaf(facts))}>
          {t('addCondition')}
        </Button>
        {value !== undefined && (
          <Button
            type="text"
            size="small"
            icon={<GroupOutlined aria-hidden />}
            onClick={() => add({ any: [freshLeaf(facts)] })}
          >
            {t('addGroup')}
          </Button>
        )}
        {facts.includes('metric') && (
          <Button
            type="text"
            size="small"
            icon={<FundOutlined aria-hidden />}
            onClick={() => add({ fact: 'metric', operator: 'greaterThan', params: { metric: '' } })}
          >
            {t('addMetric')}
          </Button>
        )}
        <Button
          type="text"
          size="small"
          icon={<FunctionOutlined aria-hidden />}
          onClick={() => add({ formula: 'true' })}
        >
          {t('addFormula')}
        </Button>
        {value !== undefined && !open && (
          <Button type="text" size="small" onClick={() => setOpened(false)}>
            {t('fold')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
