import styles from '../../show/show.module.css'
import { TonePill } from '../../show/TonePill.tsx'
import type { ShowProps } from '../contract.ts'

export const TagsView = ({ value }: ShowProps<'tags'>) => (
  <span className={styles.pills}>
    {(Array.isArray(value) ? (value as readonly string[]) : []).map((text) => (
      <TonePill key={text}>{text}</TonePill>
    ))}
  </span>
)
