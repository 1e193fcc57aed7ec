import { type CSSProperties, type ReactNode, useDeferredValue, useLayoutEffect, useRef } from 'react'

type Props = {
  /** What the part is about: drawn a moment after this has changed, at once while it stays. */
  readonly of: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

// Not inherited: hiding hundreds of controls costs none of them anything.
const hidden: CSSProperties = { contentVisibility: 'hidden', containIntrinsicBlockSize: 'auto 400px' }
const shown: CSSProperties = { containIntrinsicBlockSize: 'auto 400px' }

/**
 * A part of a panel that comes a moment after what somebody chose: the choice is answered at once, and many controls do
 * not hold up the next one. Until they are there, those of what was chosen before keep their place, out of sight and
 * reach.
 */
export function Later({ of, className, children }: Props) {
  const isDue = useDeferredValue(of, '') === of
  const before = useRef<ReactNode>(null)
  useLayoutEffect(() => {
    if (isDue) before.current = children
  })
  return (
    <div className={className} style={isDue ? shown : hidden}>
      {isDue ? children : before.current}
    </div>
  )
}
