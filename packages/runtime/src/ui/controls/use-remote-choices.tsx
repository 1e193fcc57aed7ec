import { Spin } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice } from '../environment.tsx'

type Found = { readonly state: 'idle' | 'busy' | 'done' | 'failed'; readonly choices: readonly Choice[] }

/** Choices that live on the server: the newest answer counts, and what stands in the list while there is none. */
export function useRemoteChoices(search: (q: string) => Promise<readonly Choice[]>) {
  const { t } = useTranslation('ui')
  const [found, setFound] = useState<Found>({ state: 'idle', choices: [] })
  const asked = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(timer.current), [])

  const ask = useCallback(
    (q: string, delayMs: number) => {
      clearTimeout(timer.current)
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

  return { found, ask, nothing }
}
