import type { Tone } from '@tenon/engine'
import type { ReactNode } from 'react'
import styles from './show.module.css'

/** A word with a meaning by colour: option, stage, tag. */
export const TonePill = ({
  tone = 'neutral',
  children,
  dot = false,
}: {
  tone?: Tone | undefined
  children: ReactNode
  dot?: boolean
}) => (
  <span className={styles.pill} data-tone={tone}>
    {dot && <span className={styles.dot} />}
    <span className={styles.pillText}>{children}</span>
  </span>
)
