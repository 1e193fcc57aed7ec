import { useRef, useState } from 'react'

type Handlers = { readonly [name: string]: (...args: never[]) => unknown }

/**
 * The same functions under an object that never changes: each does what the newest of its name does. For parts that
 * are drawn again only when what they show has changed.
 */
export function useSteady<H extends Handlers>(handlers: H): H {
  const latest = useRef(handlers)
  latest.current = handlers
  const [steady] = useState(() =>
    Object.fromEntries(
      Object.keys(handlers).map((name) => [name, (...args: never[]) => latest.current[name]?.(...args)]),
    ),
  )
  return steady as H
}
