import { type Coordinates, readPlace, type Tone } from '@tenon/engine'
import Supercluster from 'supercluster'
import type { RecordItem } from '../../../../contract/index.ts'

/** A record on the map. */
export type Pin = { readonly id: string; readonly title: string; readonly at: Coordinates; readonly tone: Tone }

/** What stands at one spot of the map at one zoom: a record, or so many that they cannot be told apart there. */
export type Spot = {
  readonly at: Coordinates
  readonly count: number
  /** The colour of all of them; undefined: they have several. */
  readonly tone: Tone | undefined
  readonly title: string
  /** Every record in it. */
  readonly ids: () => readonly string[]
  /** Zoom at which they part; undefined: they never do, or it is one. */
  readonly partsAt: () => number | undefined
}

/** The closest one can look. What is on the same spot there stays together and is listed. */
export const closest = 16

/** Where a record says it is; undefined: its place has no coordinates. */
export const placedAt = (item: RecordItem, field: string): Coordinates | undefined => {
  const value = item.values[field]
  return typeof value === 'string' ? readPlace(value)?.at : undefined
}

type Of = { readonly id: string; readonly title: string; readonly tone: Tone | undefined }
type Together = { tone: Tone | undefined }

/** The pins as spots, by what of the map is seen and how closely. */
export function spotsOf(
  pins: readonly Pin[],
): (box: [west: number, south: number, east: number, north: number], zoom: number) => readonly Spot[] {
  const index = new Supercluster<Of, Together>({
    radius: 44,
    maxZoom: closest,
    map: ({ tone }) => ({ tone }),
    reduce: (all, one) => {
      if (all.tone !== one.tone) all.tone = undefined
    },
  })
  index.load(
    pins.map(({ id, title, tone, at }) => ({
      type: 'Feature',
      properties: { id, title, tone },
      geometry: { type: 'Point', coordinates: [at.longitude, at.latitude] },
    })),
  )
  return (box, zoom) =>
    index.getClusters(box, zoom).map((feature): Spot => {
      const [longitude = 0, latitude = 0] = feature.geometry.coordinates
      const { properties } = feature
      const at = { latitude, longitude }
      if (!('cluster_id' in properties)) {
        const { id, title, tone } = properties
        return { at, count: 1, tone, title, ids: () => [id], partsAt: () => undefined }
      }
      const { cluster_id: cluster, point_count: count, tone } = properties
      return {
        at,
        count,
        tone,
        title: '',
        ids: () => index.getLeaves(cluster, Number.POSITIVE_INFINITY).map((leaf) => leaf.properties.id),
        partsAt: () => {
          const zoomed = index.getClusterExpansionZoom(cluster)
          return zoomed > closest ? undefined : zoomed
        },
      }
    })
}
