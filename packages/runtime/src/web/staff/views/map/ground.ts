import type { Locale } from '@tenon/engine'
import { control, type Map as LeafletMap, tileLayer } from 'leaflet'
import { drawOutline } from './outline.ts'

/** What lies beneath the pins: the pictures of the operator's map service, without one the outlines that are here. */
export function drawGround(map: LeafletMap, locale: Locale): void {
  const told = document.querySelector<HTMLMetaElement>('meta[name="map-tiles"]')
  if (!told) return void drawOutline(map, locale)
  tileLayer(told.content, { maxZoom: map.getMaxZoom(), referrerPolicy: 'origin' }).addTo(map)
  const credit = told.dataset.credit ?? ''
  if (credit !== '') control.attribution({ prefix: false }).addAttribution(escaped(credit)).addTo(map)
}

/** Leaflet takes credits as HTML; these are text. */
function escaped(text: string): string {
  const element = document.createElement('span')
  element.textContent = text
  return element.innerHTML
}
