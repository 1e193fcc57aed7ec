import type { ReactNode } from 'react'
import { useSession } from '../shell/session.tsx'
import { NotVisible } from '../shell/states.tsx'
import styles from './admin.module.css'

/** The frame of an administration page: title, what it is for, its actions. */
export function AdminPage({
  title,
  hint,
  actions,
  children,
}: {
  title: string
  hint?: string
  actions?: ReactNode
  children: ReactNode
}) {
  const { user } = useSession()
  if (!user.admin) return <NotVisible />
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{title}</h1>
          {hint && <p className={styles.hint}>{hint}</p>}
        </div>
        <span className={styles.acts}>{actions}</span>
      </header>
      <div className={styles.card}>{children}</div>
    </div>
  )
}
