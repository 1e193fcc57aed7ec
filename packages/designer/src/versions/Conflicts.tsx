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
              <pre className={styles.side}>{shown(conflict.mine)}</pre>
            </Radio>
            <Radio value="theirs">
              {t('conflict.theirs')}
              <pre className={styles.side}>{shown(conflict.theirs)}</pre>
            </Radio>
          </Radio.Group>
        </li>
      ))}
    </ul>
  )
}

const shown = (value: unknown): string =>
  value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value, null, 2)
