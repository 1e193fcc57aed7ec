import type { ReactNode } from 'react'
import styles from './split-bench.module.css'

type Props = {
  readonly title: string
  /** Beside the title: switches and buttons of the whole definition. */
  readonly tools?: ReactNode
  /** The definition as a sentence. */
  readonly sentence?: ReactNode
  /** What tries the definition out; below it on narrow windows. */
  readonly side: ReactNode
  readonly sideLabel: string
  /** As wide as the window allows, for tables and grids; absent: as wide as sentences are read well. */
  readonly wide?: boolean
  readonly children: ReactNode
}

/** A workbench of two columns: the definition, and what tries it out. */
export const SplitBench = ({ title, tools, sentence, side, sideLabel, wide = false, children }: Props) => (
  <div className={styles.bench}>
    <div className={styles.main}>
      <div className={styles.column} data-wide={wide}>
        <div className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          {tools && <div className={styles.tools}>{tools}</div>}
        </div>
        {sentence && <p className={styles.sentence}>{sentence}</p>}
        {children}
      </div>
    </div>
    <aside className={styles.side} aria-label={sideLabel}>
      {side}
    </aside>
  </div>
)

/** A part of a definition under its heading. */
export function BenchBlock({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={styles.block} aria-labelledby={id}>
      <h2 id={id} className={styles.word}>
        {title}
      </h2>
      {children}
    </section>
  )
}

/** What is seldom changed, folded. */
export function BenchMore({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className={`${styles.block} ${styles.more}`}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
