import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { client } from '@tenon/runtime/page'
import { Initial } from '@tenon/runtime/ui'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import styles from './workshop.module.css'

/** Who else is in the draft now; asking so tells them that I am. */
export function usePeople() {
  const session = useDraftSession()
  const place = useLocation({ select: ({ pathname }) => pathname.split('/').slice(2).join('/').slice(0, 300) })
  const name = session.name === 'main' ? undefined : session.name
  const { data } = useQuery({
    queryKey: ['design-people', session.app, session.name, place],
    queryFn: () => client.design.presence(session.app, { place }, name),
    refetchInterval: 20_000,
    staleTime: 0,
    placeholderData: (before) => before,
  })
  return data?.people ?? []
}

export function People() {
  const { t } = useTranslation('designer')
  const people = usePeople()
  if (people.length === 0) return null
  return (
    <span className={styles.people}>
      {people.slice(0, 4).map((person) => (
        <Tooltip key={person.user} title={t('alsoHere', { name: person.name })}>
          <span role="img" aria-label={t('alsoHere', { name: person.name })}>
            <Initial name={person.name} />
          </span>
        </Tooltip>
      ))}
      {people.length > 4 && <span>+{people.length - 4}</span>}
    </span>
  )
}
