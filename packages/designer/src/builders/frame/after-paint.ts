import { useEffect, useState } from 'react'

/** Milliseconds after which the picture has reached the screen, also on a slow machine. */
const pause = 120

/**
 * Does a job once what was just done has been painted and nothing more was done for a moment; of jobs that come faster
 * only the last. What leaves the page takes its job along.
 */
export function useAfterPaint(): { readonly later: (job: () => void) => void; readonly cancel: () => void } {
  const [queue] = useState(newQueue)
  useEffect(() => queue.cancel, [queue])
  return queue
}

function newQueue() {
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const later = (job: () => void) => {
    cancel()
    frame = requestAnimationFrame(() => {
      timer = setTimeout(job, pause)
    })
  }
  return { later, cancel }
}
