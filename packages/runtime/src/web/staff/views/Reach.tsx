import { useEffect, useRef } from 'react'
import type { Pages } from './use-pages.ts'

/** The end of what is loaded: when it comes near the screen, the next page is asked for. */
export function Reach({ pages, label }: { pages: Pages; label: string }) {
  const end = useRef<HTMLDivElement>(null)
  const { answer } = pages
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer
  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || !end.current) return
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void fetchNextPage()
      },
      { rootMargin: '200px' },
    )
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  if (!hasNextPage) return null
  return (
    <div ref={end}>
      <button type="button" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage} data-reach>
        {label}
      </button>
    </div>
  )
}
