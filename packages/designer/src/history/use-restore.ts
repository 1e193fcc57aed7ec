import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client, useReason } from '@tenon/runtime/page'
import { App as Kit } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'

type Wanted = { readonly address: string; readonly version: number; readonly name: string }

/** Brings an element back into the draft as a version had it; one step of the draft, which can be undone. */
export function useRestore() {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const cache = useQueryClient()
  const reason = useReason()
  const { message } = Kit.useApp()
  return useMutation({
    async mutationFn({ address, version }: Wanted) {
      await session.settled()
      const name = session.name === 'main' ? undefined : session.name
      await client.design.restoreElement(session.app, name, { address, version, revision: session.state().revision })
      await session.refresh()
    },
    onSuccess(_, { name, version }) {
      void message.success(t('history.restored', { name, version }))
      void cache.invalidateQueries({ queryKey: ['design-elements', session.app] })
    },
    onError: (error) => void message.error(reason(error)),
  })
}
