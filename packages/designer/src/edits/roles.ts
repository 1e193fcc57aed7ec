import { isObject } from '@tenon/engine'
import { type Documents, documentAt } from '../draft/documents.ts'
import { elementsIn } from './elements.ts'

/**
 * The app without a role: its access entries go, and menu entries no longer name it. One that named nobody
 * else goes too: without a list of roles it would be there for everybody.
 */
export function withoutRole(documents: Documents, role: string): Documents {
  return Object.fromEntries(
    Object.entries(documents).map(([path, document]) => {
      const found = documentAt(documents, path)
      if (path === 'app.json' && found)
        return [
          path,
          {
            ...found,
            roles: elementsIn(found, 'roles').filter(({ id }) => id !== role),
            navigation: elementsIn(found, 'navigation').flatMap((entry) => unnamed(entry, role)),
          },
        ]
      const access = found && path.startsWith('forms/') ? found.access : undefined
      if (!found || !Array.isArray(access) || !access.some((entry) => isOf(entry, role))) return [path, document]
      return [path, { ...found, access: access.filter((entry) => !isOf(entry, role)) }]
    }),
  )
}

const isOf = (entry: unknown, role: string): boolean => isObject(entry) && entry.role === role

function unnamed<T extends { readonly [property: string]: unknown }>(entry: T, role: string): readonly T[] {
  const { roles } = entry
  if (!Array.isArray(roles) || !roles.includes(role)) return [entry]
  const left = roles.filter((one) => one !== role)
  return left.length === 0 ? [] : [{ ...entry, roles: left }]
}
