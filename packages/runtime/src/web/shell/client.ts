import { QueryClient } from '@tanstack/react-query'
import { ApiProblem, type Client, createClient } from '../../contract/index.ts'
import { setServerTime } from '../../ui/show/now.ts'
import { preferences } from './preferences.ts'

/** Server state of the whole page. A refusal is an answer, so only lost connections are asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => !(error instanceof ApiProblem && error.status < 500) && failures < 2,
    },
    mutations: { retry: false },
  },
})

/** Every answer tells the server's time: countdowns must not trust the computer's clock. */
const timedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const said = Date.parse(response.headers.get('date') ?? '')
  // The header has whole seconds; its middle is the best guess.
  if (!Number.isNaN(said)) setServerTime(said + 500)
  return response
}

export const client: Client = createClient({
  fetch: timedFetch,
  locale: () => preferences().locale,
  onSignedOut: () => queries.setQueryData(['session'], null),
})
