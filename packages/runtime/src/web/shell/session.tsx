import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { ApiProblem, type Session } from '../../contract/index.ts'
import { client } from './client.ts'

const Current = createContext<Session | null>(null)

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => <Current value={session}>{children}</Current>

/** The signed-in session; only below the gate that makes sure there is one. */
export function useSession(): Session {
  const session = useContext(Current)
  if (!session) throw new Error('useSession outside the signed-in part of the page')
  return session
}

/** The session as the server knows it; null: nobody is signed in. */
export function useSessionQuery() {
  return useQuery({
    queryKey: ['session'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Session | null> => {
      try {
        return await client.session.me()
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return null
        throw error
      }
    },
  })
}

export function useSignOut() {
  const cache = useQueryClient()
  return async () => {
    try {
      await client.session.signOut()
    } finally {
      // Nothing of the last person may stay for the next one.
      cache.clear()
      cache.setQueryData(['session'], null)
    }
  }
}
