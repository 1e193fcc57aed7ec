import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { addTexts, Gate, Page, preferences, queries, startI18n } from '@tenon/runtime/page'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from '../shell/router.tsx'

addTexts({
  'zh-CN': async () => (await import('../shell/locales/zh-CN/bundle.ts')).bundle,
  en: async () => (await import('../shell/locales/en/bundle.ts')).bundle,
})
// The code of the page that is asked for comes beside the texts and the session.
void router.load()
await startI18n(preferences().locale)
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Page>
          <Gate>
            <RouterProvider router={router} />
          </Gate>
        </Page>
      </QueryClientProvider>
    </StrictMode>,
  )
}
