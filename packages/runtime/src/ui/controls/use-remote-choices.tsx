import { Spin } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../environment.tsx'

type Found<T> = { readonly state: 'idle' | 'busy' | 'done' | 'failed'; readonly choices: readonly T[] }

/**
 * Choices that live on the server: `ask` for those a text finds, where the newest answer counts; `open` is told of the
 * list as it opens and closes; `nothing` stands in it while there is none.
 */
export function useRemoteChoices<T = Choice>(search: (q: string) => Promise<readonly T[]>) {
  const { t } = useTranslation('ui')
  const [found, setFound] = useState<Found<T>>({ state: 'idle', choices: [] })
  const asked = useRef(0)
  const text = useRef('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(timer.current), [])

  const ask = useCallback(
    (q: string, delayMs: number) => {
      clearTimeout(timer.current)
      text.current = q
      const turn = ++asked.current
      setFound((before) => ({ ...before, state: 'busy' }))
      timer.current = setTimeout(async () => {
        try {
          const choices = await search(q)
          if (turn === asked.current) setFound({ state: 'done', choices })
        } catch {
          if (turn === asked.current) setFound({ state: 'failed', choices: [] })
        }
      }, delayMs)
    },
    [search],
  )

  const open = useCallback(
    (isOpen: boolean) => {
      // Whoever types into a closed list opens it, and has asked already.
      if (isOpen && text.current === '') ask('', 0)
      if (!isOpen) text.current = ''
    },
    [ask],
  )

  const nothing =
    found.state === 'busy' || found.state === 'idle' ? (
      <span>
        <Spin size="small" /> {t('searching')}
      </span>
    ) : found.state === 'failed' ? (
      t('searchFailed')
    ) : (
      t('nothingFound')
    )

  return { found, ask, open, nothing }
}
