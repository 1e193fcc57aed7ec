import { useQueries, useQuery } from '@tanstack/react-query'
import { isObject } from '@tenon/engine'
import { client } from '@tenon/runtime/page'
import { useMemo } from 'react'
import type { Flow } from '../../edits/flow/flow.ts'

/** What people and departments are called that a flow knows by user name and by code; those not found yet by these. */
export type WhoNames = { person(username: string): string; department(code: string): string }

/** Asked once for each person a flow names, however large the organisation is. */
export function useWhoNames(flow: Flow | undefined): WhoNames {
  const nodes = flow?.nodes
  const mentioned = useMemo(() => mentionedIn(nodes), [nodes])
  const departments = useQuery({
    queryKey: ['panel-departments'],
    queryFn: client.departments,
    staleTime: 60_000,
    enabled: mentioned.departments.size > 0,
  })
  const people = useQueries({
    queries: [...mentioned.people].map((username) => ({
      queryKey: ['person-name', username],
      queryFn: async () => {
        const { items } = await client.people({ q: username, size: 30 })
        return [username, items.find((one) => one.username === username)?.name ?? username] as const
      },
      staleTime: 60_000,
    })),
    combine: namesIn,
  })
  return useMemo(() => {
    const names = new Map(people)
    return {
      person: (username) => names.get(username) ?? username,
      department: (code) => departments.data?.items.find((one) => one.code === code)?.name ?? code,
    }
  }, [people, departments.data])
}

type Name = readonly [username: string, name: string]
const namesIn = (answers: readonly { readonly data: Name | undefined }[]): readonly Name[] =>
  answers.flatMap(({ data }) => (data ? [data] : []))

type Mentioned = { readonly people: Set<string>; readonly departments: Set<string> }

/** Everybody named in the lists of who does what, wherever they stand in a node. */
function mentionedIn(value: unknown, found: Mentioned = { people: new Set(), departments: new Set() }): Mentioned {
  if (Array.isArray(value)) for (const entry of value) mentionedIn(entry, found)
  else if (isObject(value)) {
    const { user, department } = value
    if (typeof user === 'string' && user !== '') found.people.add(user)
    if (typeof department === 'string' && department !== '') found.departments.add(department)
    for (const inner of Object.values(value)) mentionedIn(inner, found)
  }
  return found
}
