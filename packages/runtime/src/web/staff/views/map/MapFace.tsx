import { CloseOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import type { Condition } from '@tenon/engine'
import { Alert, Button } from 'antd'
import type { LatLngBounds } from 'leaflet'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordItem } from '../../../../contract/index.ts'
import { RefsProvider, useUi } from '../../../../ui/environment.tsx'
import { places } from '../../../shell/places.ts'
import { Failed, Nothing, Waiting } from '../../../shell/states.tsx'
import { CardFacts } from '../CardFacts.tsx'
import type { FaceProps } from '../contract.ts'
import { labelOf } from '../FixedHint.tsx'
import { toneOf } from '../tone-of.ts'
import { usePages } from '../use-pages.ts'
import styles from '../views.module.css'
import { Legend } from './Legend.tsx'
import { MapPane, type Opened } from './MapPane.tsx'
import own from './map.module.css'
import { PlaceList } from './PlaceList.tsx'
import { type Pin, placedAt } from './pins.ts'

const pageSize = 500
/** More than two thousand are no map that anybody reads. */
const mostPages = 4
const shownInCard = 20

/** Records where they are, on a map and in a list beside it of what the map shows. */
export default function MapFace({ app, form, view, list, columns, empty }: FaceProps<'map'>) {
  const { t } = useTranslation('views')
  const { locale } = useUi()
  const { place, tone } = view
  const [opened, setOpened] = useState<Opened>()
  const [seen, setSeen] = useState<LatLngBounds>()
  const [fit, setFit] = useState(0)
  const pane = useRef<HTMLDivElement>(null)
  const options = useMemo(
    () => ({
      ...list.options,
      fields: [...new Set([...(list.options.fields ?? []), place, ...(tone === undefined ? [] : [tone])])],
    }),
    [list.options, place, tone],
  )
  const where = useMemo((): Condition => ({ fact: 'record', path: `$.${place}`, operator: 'isNotEmpty' }), [place])
  const pages = usePages({ app, form, options, where, size: pageSize })
  const { items, total, refs, answer } = pages
  const loadedPages = answer.data?.pages.length ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && loadedPages < mostPages) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, loadedPages, fetchNextPage])

  const placed = useMemo(
    () =>
      items.flatMap((item): { item: RecordItem; pin: Pin }[] => {
        const at = placedAt(item, place)
        return at ? [{ item, pin: { id: item.id, title: item.title, at, tone: toneOf(item, tone, form) } }] : []
      }),
    [items, place, tone, form],
  )
  const pins = useMemo(() => placed.map(({ pin }) => pin), [placed])
  // Another filter or another view is looked at as a whole; what only changes beneath leaves the map where it is.
  const loaded = answer.isSuccess && (!hasNextPage || loadedPages >= mostPages)
  const asked = JSON.stringify(options)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is the reason, not an input
  useEffect(() => {
    setOpened(undefined)
    if (loaded) setFit((now) => now + 1)
  }, [asked, loaded])
  const open = useCallback((next: Opened | undefined) => setOpened(next), [])
  const inSight = useMemo(
    () => placed.filter(({ pin }) => seen?.contains([pin.at.latitude, pin.at.longitude]) ?? true),
    [placed, seen],
  )

  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />
  if (answer.isPending) return <Waiting rows={8} />
  const field = labelOf(form, place, locale)
  const narrowed = Boolean(list.search.q || list.search.where)
  if (total === 0)
    return narrowed ? empty : <Nothing title={t('map.nothing', { field })} hint={t('map.nothingHint', { field })} />
  const bare = items.length - placed.length
  const cut = hasNextPage && loadedPages >= mostPages
  const inCard = opened ? placed.filter(({ pin }) => opened.ids.includes(pin.id)) : []
  return (
    <RefsProvider refs={refs}>
      <div className={styles.face}>
        {cut && (
          <Alert
            type="warning"
            showIcon
            title={t('map.cut', { total, shown: items.length })}
            action={<Button onClick={() => list.go({ rows: '1' })}>{t('asRows')}</Button>}
          />
        )}
        {bare > 0 && <p className={styles.hint}>{t('map.bare', { count: bare, field })}</p>}
        <div className={own.desk}>
          <PlaceList
            {...{ app, form, columns }}
            items={inSight.map(({ item }) => item)}
            all={placed.length}
            current={opened?.ids.length === 1 ? opened.ids[0] : undefined}
            onShow={(item) => {
              const at = placedAt(item, place)
              if (at) setOpened({ ids: [item.id], at })
              // On a phone the list stands below the map.
              pane.current?.scrollIntoView({ block: 'nearest' })
            }}
            onAll={() => setFit((now) => now + 1)}
          />
          <div className={own.pane} ref={pane}>
            <MapPane
              pins={pins}
              opened={opened}
              onOpen={open}
              onSee={setSeen}
              fit={fit}
              card={
                <div className={own.card}>
                  <Button
                    type="text"
                    size="small"
                    className={own.cardClose ?? ''}
                    icon={<CloseOutlined />}
                    aria-label={t('close')}
                    onClick={() => setOpened(undefined)}
                  />
                  {inCard.slice(0, shownInCard).map(({ item }) => (
                    <article key={item.id}>
                      <Link to={places.record(app, form.id, item.id)} className={styles.cardTitle}>
                        {item.title}
                      </Link>
                      {inCard.length === 1 && <CardFacts item={item} columns={columns} said={[]} />}
                    </article>
                  ))}
                  {inCard.length > shownInCard && (
                    <p className={styles.hint}>{t('map.moreHere', { count: inCard.length - shownInCard })}</p>
                  )}
                </div>
              }
            />
            {tone !== undefined && <Legend form={form} field={tone} pins={pins} />}
          </div>
        </div>
      </div>
    </RefsProvider>
  )
}
