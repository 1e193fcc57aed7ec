import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme/base.css'
import { queries } from './shell/client.ts'
import { Gate } from './shell/Gate.tsx'
import { startI18n } from './shell/i18n.ts'
import { Page } from './shell/Page.tsx'
import { preferences } from './shell/preferences.ts'
import { router } from './shell/router.tsx'

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
