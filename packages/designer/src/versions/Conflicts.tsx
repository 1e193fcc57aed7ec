import type { WireConflict } from '@tenon/runtime/contract'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './publish.module.css'

export type Decisions = { readonly [address: string]: 'mine' | 'theirs' }
type Props = {
  readonly conflicts: readonly WireConflict[]
  readonly decisions: Decisions
  readonly onDecide: (decisions: Decisions) => void
}

/** What both sides changed, side by side; one is chosen. Undecided, mine stays. */
export function Conflicts({ conflicts, decisions, onDecide }: Props) {
  const { t } = useTranslation('designer')
  const shown = (value: unknown, text: string) =>
    value === undefined ? t('conflict.gone') : text === '' ? t('conflict.changed') : text
  if (conflicts.length === 0) return null
  return (
    <ul className={styles.conflicts}>
      {conflicts.map((conflict) => (
        <li key={conflict.address} className={styles.conflict}>
          <p className={styles.conflictText}>{conflict.text}</p>
          <Radio.Group
            className={styles.sides ?? ''}
            value={decisions[conflict.address] ?? (conflict.taken === 'theirs' ? 'theirs' : 'mine')}
            onChange={(event) =>
              onDecide({ ...decisions, [conflict.address]: event.target.value as 'mine' | 'theirs' })
            }
          >
            <Radio value="mine">
              {t('conflict.mine')}
              <span className={styles.side}>{shown(conflict.mine, conflict.mineText)}</span>
            </Radio>
            <Radio value="theirs">
              {t('conflict.theirs')}
              <span className={styles.side}>{shown(conflict.theirs, conflict.theirsText)}</span>
            </Radio>
          </Radio.Group>
        </li>
      ))}
    </ul>
  )
}
