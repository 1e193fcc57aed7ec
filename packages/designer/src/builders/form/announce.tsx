import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import styles from './form-bench.module.css'

const Say = createContext<(text: string) => void>(() => {})

/** Tells what was done to people who do not see it. */
export const useSay = () => useContext(Say)

export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', times: 0 })
  const say = useCallback((text: string) => setSaid(({ times }) => ({ text, times: times + 1 })), [])
  return (
    <Say value={say}>
      {children}
      <div className={styles.said} role="status" aria-live="assertive">
        <span key={said.times}>{said.text}</span>
      </div>
    </Say>
  )
}
