import { RightOutlined } from '@ant-design/icons'
import { type ReactNode, useId, useState } from 'react'
import styles from './form.module.css'

type Props = {
  readonly title: string
  readonly collapsed: boolean
  readonly foldable: boolean
  readonly count?: number | undefined
  readonly children: ReactNode
}

/** A titled group of fields that can be folded away. */
export function SectionFrame({ title, collapsed, foldable, count, children }: Props) {
  const [open, setOpen] = useState(!collapsed)
  const id = useId()
  if (!foldable || title === '') {
    return (
      <section className={styles.section} {...(title ? { 'aria-label': title } : {})}>
        {title && <h3 className={styles.title}>{title}</h3>}
        {children}
      </section>
    )
  }
  return (
    <section className={styles.section} aria-label={title}>
      <button
        type="button"
        className={styles.title}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <RightOutlined className={styles.chevron} data-open={open} aria-hidden />
        {title}
        {!open && count !== undefined && <span className={styles.count}>{count}</span>}
      </button>
      <div id={id} hidden={!open}>
        {children}
      </div>
    </section>
  )
}
