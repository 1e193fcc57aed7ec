import type { WireConflict } from '@tenon/runtime/contract'
import { Input, Radio, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './publish.module.css'

type Decision = 'mine' | 'theirs' | { readonly value: string }
export type Decisions = { readonly [address: string]: Decision }
type Props = {
  readonly conflicts: readonly WireConflict[]
  /** Whose the other side is: the version that was published meanwhile, or the one that is brought in. */
  readonly against: 'published' | 'archive'
  readonly decisions: Decisions
  readonly onDecide: (decisions: Decisions) => void
}

/** What both sides changed, side by side; one is chosen, or of words a third is written. Undecided, mine stays. */
export function Conflicts({ conflicts, against, decisions, onDecide }: Props) {
  if (conflicts.length === 0) return null
  return (
    <ul className={styles.conflicts}>
      {conflicts.map((conflict) => (
        <Conflict
          key={conflict.address}
          conflict={conflict}
          against={against}
          decision={decisions[conflict.address]}
          onDecide={(decision) => onDecide({ ...decisions, [conflict.address]: decision })}
        />
      ))}
    </ul>
  )
}

type ConflictProps = {
  readonly conflict: WireConflict
  readonly against: Props['against']
  readonly decision: Decision | undefined
  readonly onDecide: (decision: Decision) => void
}

function Conflict({ conflict, against, decision, onDecide }: ConflictProps) {
  const { t } = useTranslation('designer')
  const { text, mine, theirs, mineText, theirsText } = conflict
  const taken = decision ?? takenIn(conflict)
  const written = typeof taken === 'object' ? taken.value : undefined
  const shown = (value: unknown, words: string) =>
    value === undefined ? t('conflict.gone') : words === '' ? t('conflict.changed') : words
  return (
    <li className={styles.conflict}>
      <p className={styles.conflictText}>
        {text} {conflict.decided && decision === undefined && <Tag>{t('conflict.decided')}</Tag>}
      </p>
      <Radio.Group
        className={styles.sides ?? ''}
        aria-label={text}
        value={typeof taken === 'object' ? 'written' : taken}
        onChange={({ target }) =>
          onDecide(target.value === 'written' ? { value: String(mine) } : (target.value as 'mine' | 'theirs'))
        }
      >
        <Radio value="mine">
          {t(`conflict.${against}.mine`)}
          <span className={styles.side}>{shown(mine, mineText)}</span>
        </Radio>
        <Radio value="theirs">
          {t(`conflict.${against}.theirs`)}
          <span className={styles.side}>{shown(theirs, theirsText)}</span>
        </Radio>
        {isOfWords(conflict) && <Radio value="written">{t('conflict.written')}</Radio>}
      </Radio.Group>
      {written !== undefined && (
        <Input
          className={styles.written ?? ''}
          aria-label={`${text}: ${t('conflict.written')}`}
          value={written}
          onChange={(event) => onDecide({ value: event.target.value })}
        />
      )}
    </li>
  )
}

/** Both sides are words a person reads, so a third may be written; of ids and durations the words differ from the value. */
const isOfWords = ({ mine, theirs, mineText, theirsText }: WireConflict): boolean =>
  typeof mine === 'string' && typeof theirs === 'string' && mine === mineText && theirs === theirsText

function takenIn({ taken }: WireConflict): Decision {
  if (taken === 'theirs') return 'theirs'
  const { value } = (typeof taken === 'object' && taken !== null ? taken : {}) as { readonly value?: unknown }
  return typeof value === 'string' ? { value } : 'mine'
}
