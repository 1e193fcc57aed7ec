import { coordinatesText, readPlace } from '@tenon/engine'
import type { ShowProps } from '../contract.ts'
import styles from './location.module.css'

export function LocationView({ value }: ShowProps<'location'>) {
  const place = readPlace(String(value))
  if (!place) return <span>{String(value)}</span>
  return (
    <span className={styles.shown}>
      {place.address !== '' && <span>{place.address}</span>}
      {place.at && <span className={styles.numbers}>{coordinatesText(place.at)}</span>}
    </span>
  )
}

/** In one line the address is enough where there is one. */
export function LocationCell({ value }: ShowProps<'location'>) {
  const place = readPlace(String(value))
  return <span>{place?.address || (place?.at ? coordinatesText(place.at) : String(value))}</span>
}
