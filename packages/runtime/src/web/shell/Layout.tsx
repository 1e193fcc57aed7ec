import { Outlet, useRouterState } from '@tanstack/react-router'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { RefsProvider } from '../../ui/environment.tsx'
import { usePhone } from '../../ui/theme/use-phone.ts'
import { PlainEnvironment } from './AppEnvironment.tsx'
import styles from './layout.module.css'
import { useLive } from './live.ts'
import { PaletteProvider } from './Palette.tsx'
import { PhoneTabs } from './PhoneTabs.tsx'
import { usePreferences } from './preferences.ts'
import { SideBar } from './SideBar.tsx'
import { useSession } from './session.tsx'
import { Broken, Catcher } from './states.tsx'
import { TopBar } from './TopBar.tsx'
import { useOnline } from './use-online.ts'

const noRefs = {}

/** The frame of every signed-in page: where to go, what is new, and how the connection is. */
export function Layout() {
  const { t } = useTranslation('shell')
  const phone = usePhone()
  const { sideFolded } = usePreferences()
  const { demo } = useSession()
  const place = useRouterState({ select: (state) => state.location.pathname })
  const { connected } = useLive()
  const online = useOnline()
  return (
    <PlainEnvironment>
      <RefsProvider refs={noRefs}>
        <PaletteProvider>
          <a className={styles.skip} href="#main">
            {t('skip')}
          </a>
          <div className={styles.frame} data-folded={sideFolded} data-phone={phone}>
            {!phone && <SideBar folded={sideFolded} />}
            <div className={styles.right}>
              <TopBar phone={phone} />
              {!online && <Alert banner type="warning" title={t('offline')} />}
              {online && !connected && <Alert banner type="info" title={t('notLive')} />}
              {demo && !phone && <div className={styles.demo}>{t('demoBanner')}</div>}
              <main id="main" className={styles.main} tabIndex={-1}>
                <Catcher place={place} fallback={(reset) => <Broken reset={reset} />}>
                  <Outlet />
                </Catcher>
              </main>
            </div>
            {phone && <PhoneTabs />}
          </div>
        </PaletteProvider>
      </RefsProvider>
    </PlainEnvironment>
  )
}
