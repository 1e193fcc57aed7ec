import type { Announcements } from '@dnd-kit/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../contract/index.ts'

/** What a screen reader hears of a drag, by names: the kit by itself would say ids. `placeOf`: the name of where it would go. */
export function useDragWords(keys: string, placeOf: (id: string) => string) {
  const { t } = useTranslation('views')
  return useMemo(() => {
    const title = (active: { readonly data: { readonly current?: unknown } }) =>
      (active.data.current as RecordItem | undefined)?.title ?? ''
    const announcements: Announcements = {
      onDragStart: ({ active }) => t('drag.held', { title: title(active) }),
      onDragOver: ({ active, over }) =>
        over ? t('drag.over', { title: title(active), place: placeOf(String(over.id)) }) : undefined,
      // What became of it is said when the server has answered.
      onDragEnd: () => undefined,
      onDragCancel: ({ active }) => t('drag.cancelled', { title: title(active) }),
    }
    return { screenReaderInstructions: { draggable: keys }, announcements }
  }, [t, keys, placeOf])
}
