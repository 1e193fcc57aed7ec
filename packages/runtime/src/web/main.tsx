import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { isSlug } from '@tenon/engine'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './shell/client.ts'
import { Gate } from './shell/Gate.tsx'
import { startI18n } from './shell/i18n.ts'
import { Page } from './shell/Page.tsx'
import { preferences } from './shell/preferences.ts'
import { router } from './shell/router.tsx'
import { Waiting } from './shell/states.tsx'

const PublicPage = lazy(() => import('./public/PublicPage.tsx'))
const PortalPage = lazy(() => import('./public/PortalPage.tsx'))
/** The app of a portal, or the secret of a public form, which no app can be called; undefined: a page for people with an account. */
const outside = /^\/p\/([^/]+)\/?$/.exec(location.pathname)?.[1]

// A page opened before an update asks for parts that are gone: loaded once more it gets the new ones.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('tenon.reloadedAt') ?? 0)
  if (Date.now() - last < 10_000) return
  event.preventDefault()
  sessionStorage.setItem('tenon.reloadedAt', String(Date.now()))
  location.reload()
})

await startI18n(preferences().locale)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Page>
          {outside === undefined ? (
            <Gate>
              <RouterProvider router={router} />
            </Gate>
          ) : (
            <Suspense fallback={<Waiting rows={8} />}>
              {isSlug(outside) ? <PortalPage app={outside} /> : <PublicPage token={outside} />}
            </Suspense>
          )}
        </Page>
      </QueryClientProvider>
    </StrictMode>,
  )
}
