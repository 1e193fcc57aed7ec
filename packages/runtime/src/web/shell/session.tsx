import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { ApiProblem, type Session } from '../../contract/index.ts'
import { client } from './client.ts'

const Current = createContext<Session | null>(null)

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <Current value={session}>{children}</Current>
)

/** The signed-in session; only below the gate that makes sure there is one. */
export function useSession(): Session {
  const session = useContext(Current)
  if (!session) throw new Error('useSession outside the signed-in part of the page')
  return session
}

const hint = 'tenon.signedIn'
function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(hint, '1')
    else localStorage.removeItem(hint)
  } catch {
    // Without storage the page asks once more at every start.
  }
}
function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(hint) === '1'
  } catch {
    return false
  }
}

/** Who I am. A browser that never signed in asks the public page first: nobody is met with a refusal. */
async function loadSession(cache: QueryClient): Promise<Session | null> {
  if (!wasSignedIn()) {
    const welcome = await client.session.welcome()
    cache.setQueryData(['welcome'], welcome)
    if (!welcome.signedIn) return null
  }
  try {
    const session = await client.session.me()
    remember(true)
    return session
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error
    remember(false)
    return null
  }
}

/** The session as the server knows it; null: nobody is signed in. */
export function useSessionQuery() {
  const cache = useQueryClient()
  return useQuery({ queryKey: ['session'], staleTime: Number.POSITIVE_INFINITY, queryFn: () => loadSession(cache) })
}

export function useSignOut() {
  const cache = useQueryClient()
  return async () => {
    try {
      await client.session.signOut()
    } finally {
      // Nothing of the last person may stay for the next one.
      remember(false)
      cache.clear()
      cache.setQueryData(['session'], null)
    }
  }
}
