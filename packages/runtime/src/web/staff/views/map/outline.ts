import type { Locale } from '@tenon/engine'
import {
  divIcon,
  type LatLngExpression,
  type LatLngTuple,
  type Map as LeafletMap,
  layerGroup,
  marker,
  polygon,
  polyline,
} from 'leaflet'
import { cornersOf } from './corners.ts'
import styles from './map.module.css'

type Region = {
  readonly zh: string
  readonly en: string
  readonly at: readonly [longitude: number, latitude: number]

  readonly rings: readonly string[]
}

const degrees = (from: number, to: number) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => from + 10 * index)
const graticule: readonly LatLngExpression[][] = [
  ...degrees(-180, 180).map((longitude): LatLngTuple[] => [
    [-85, longitude],
    [85, longitude],
  ]),
  ...degrees(-80, 80).map((latitude): LatLngTuple[] => [
    [latitude, -180],
    [latitude, 180],
  ]),
]

/** The ground of a map that needs nobody outside: lines of latitude and longitude, and the provinces with their names. */
export async function drawOutline(map: LeafletMap, locale: Locale): Promise<void> {
  polyline(graticule as LatLngExpression[][], {
    interactive: false,
    className: styles.graticule ?? '',
    weight: 1,
  }).addTo(map)
  const { regions } = (await import('./china.json')).default as unknown as { readonly regions: readonly Region[] }
  // The page may have gone on while the outlines were on their way.
  if (!map.getPane('overlayPane')) return
  const names = layerGroup()
  for (const region of regions) {
    polygon(
      region.rings.map((ring) => [...cornersOf(ring)]),
      { interactive: false, className: styles.region ?? '', weight: 1 },
    ).addTo(map)
    const name = document.createElement('span')
    name.textContent = locale === 'zh-CN' ? region.zh : region.en
    marker([region.at[1], region.at[0]], {
      icon: divIcon({ html: name, className: styles.regionName ?? '', iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
      zIndexOffset: -1000,
    }).addTo(names)
  }
  // Further out the names would lie on each other.
  const show = () => (map.getZoom() >= 5 ? names.addTo(map) : names.remove())
  map.on('zoomend', show)
  show()
}
