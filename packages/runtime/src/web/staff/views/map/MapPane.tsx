import 'leaflet/dist/leaflet.css'
import type { Coordinates } from '@tenon/engine'
import {
  control,
  divIcon,
  type LatLngBounds,
  type Map as LeafletMap,
  latLngBounds,
  layerGroup,
  map as leafletMap,
  marker,
  popup,
} from 'leaflet'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../../ui/environment.tsx'
import { drawGround } from './ground.ts'
import styles from './map.module.css'
import { closest, type Pin, type Spot, spotsOf } from './pins.ts'

/** Records whose card is open, and where it points. */
export type Opened = { readonly ids: readonly string[]; readonly at: Coordinates }

type Props = {
  readonly pins: readonly Pin[]
  readonly opened: Opened | undefined
  readonly onOpen: (opened: Opened | undefined) => void
  /** Called with what of the map is seen. */
  readonly onSee: (bounds: LatLngBounds) => void
  /** What the open card says. */
  readonly card: ReactNode
  /** Changes when all pins shall be in sight again. */
  readonly fit: number
}

const china = latLngBounds([18, 73], [54, 135])
const lonely = 11
const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** The map itself. Everything on it is in the list beside it too, so the keyboard has no need to walk from pin to pin. */
export function MapPane({ pins, opened, onOpen, onSee, card, fit }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const map = useMap(box, onSee)
  const [holder] = useState(() => document.createElement('div'))
  const spots = useMemo(() => spotsOf(pins), [pins])

  useEffect(() => {
    if (!map) return
    const layer = layerGroup().addTo(map)
    const draw = () => {
      layer.clearLayers()
      const seen = map.getBounds().pad(0.2)
      const around = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()] as [
        number,
        number,
        number,
        number,
      ]
      for (const spot of spots(around, Math.round(map.getZoom())))
        drawSpot(spot, () => press(map, spot, onOpen)).addTo(layer)
    }
    draw()
    map.on('moveend', draw)
    return () => {
      map.off('moveend', draw)
      layer.remove()
    }
  }, [map, spots, onOpen])

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for by its number
  useEffect(() => {
    if (!map) return
    const bounds = latLngBounds(pins.map(({ at }) => [at.latitude, at.longitude]))
    map.fitBounds(bounds.isValid() ? bounds : china, { padding: [36, 36], maxZoom: lonely, animate: false })
  }, [map, fit])

  useEffect(() => {
    if (!map || !opened) return
    const { latitude, longitude } = opened.at
    const shown = popup({
      closeButton: false,
      autoPan: true,
      maxWidth: 300,
      minWidth: 260,
      className: styles.popup ?? '',
    })
      .setLatLng([latitude, longitude])
      .setContent(holder)
    if (!map.getBounds().contains([latitude, longitude]))
      map.setView([latitude, longitude], Math.max(map.getZoom(), lonely))
    shown.openOn(map)
    const closed = () => onOpen(undefined)
    shown.on('remove', closed)
    return () => {
      shown.off('remove', closed)
      shown.remove()
    }
  }, [map, opened, holder, onOpen])

  return (
    <>
      <div ref={box} className={styles.map} />
      {opened && createPortal(card, holder)}
    </>
  )
}

/** Many on one spot come apart by looking closer; where they do not, and for one alone, the card opens. */
function press(map: LeafletMap, spot: Spot, onOpen: (opened: Opened) => void): void {
  const zoom = spot.count > 1 ? spot.partsAt() : undefined
  if (zoom === undefined) onOpen({ ids: spot.ids(), at: spot.at })
  else map.setView([spot.at.latitude, spot.at.longitude], zoom)
}

function drawSpot({ at, count, tone, title }: Spot, onPress: () => void) {
  const face = document.createElement('span')
  face.dataset.tone = tone ?? 'neutral'
  face.dataset.count = String(count)
  face.className = (count > 1 ? styles.cluster : styles.pin) ?? ''
  if (count > 1) face.textContent = String(count)
  const size = count > 1 ? Math.min(52, 28 + 6 * Math.log10(count)) : 24
  return marker([at.latitude, at.longitude], {
    icon: divIcon({ html: face, className: styles.spot ?? '', iconSize: [size, size] }),
    title,
    keyboard: false,
    riseOnHover: true,
  }).on('click', onPress)
}

function useMap(box: { readonly current: HTMLDivElement | null }, onSee: Props['onSee']): LeafletMap | undefined {
  const { t } = useTranslation('views')
  const { locale } = useUi()
  const [map, setMap] = useState<LeafletMap>()
  useEffect(() => {
    const element = box.current
    if (!element) return
    const still = calm()
    const made = leafletMap(element, {
      zoomControl: false,
      attributionControl: false,
      minZoom: 2,
      maxZoom: closest,
      worldCopyJump: true,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
    })
    control.zoom({ zoomInTitle: t('map.closer'), zoomOutTitle: t('map.further') }).addTo(made)
    control.scale({ imperial: false, position: 'bottomright' }).addTo(made)
    element.setAttribute('role', 'application')
    element.setAttribute('aria-label', t('map.title'))
    const see = () => onSee(made.getBounds())
    made.on('moveend', see)
    made.fitBounds(china, { animate: false })
    drawGround(made, locale)
    const watch = new ResizeObserver(() => made.invalidateSize({ animate: false }))
    watch.observe(element)
    setMap(made)
    return () => {
      watch.disconnect()
      made.remove()
      setMap(undefined)
    }
  }, [box, onSee, t, locale])
  return map
}
