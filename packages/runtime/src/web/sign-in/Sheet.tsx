import type { ReactNode } from 'react'
import { LanguageButton } from '../shell/LanguageButton.tsx'
import logo from '../shell/tenon.svg'
import styles from './sign-in.module.css'

/** The page before the pages: logo, language, and one card. */
export function Sheet({ wide, children }: { wide: boolean; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <img src={logo} alt="" width={28} height={28} />
        <span className={styles.brand}>Tenon</span>
        <LanguageButton />
      </header>
      <div className={styles.card} data-wide={wide}>
        {children}
      </div>
    </main>
  )
}
