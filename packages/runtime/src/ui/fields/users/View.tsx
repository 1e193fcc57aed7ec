import { Person } from '../../show/Person.tsx'
import styles from '../../show/show.module.css'
import type { ShowProps } from '../contract.ts'

export const UsersView = ({ value }: ShowProps<'users'>) => (
  <span className={styles.people}>
    {(Array.isArray(value) ? (value as readonly string[]) : []).map((id) => (
      <Person key={id} id={id} />
    ))}
  </span>
)
