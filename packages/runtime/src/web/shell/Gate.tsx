import { lazy, type ReactNode, Suspense } from 'react'
import { SessionProvider, useSessionQuery } from './session.tsx'
import { Failed, Waiting } from './states.tsx'

const SignIn = lazy(() => import('../sign-in/SignIn.tsx'))

/** Lets signed-in people through. Others sign in at the very address they came for. */
export function Gate({ children }: { children: ReactNode }) {
  const { data, isPending, error, refetch } = useSessionQuery()
  if (isPending) return <Waiting rows={8} />
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!data) {
    return (
      <Suspense fallback={<Waiting />}>
        <SignIn />
      </Suspense>
    )
  }
  return <SessionProvider session={data}>{children}</SessionProvider>
}
