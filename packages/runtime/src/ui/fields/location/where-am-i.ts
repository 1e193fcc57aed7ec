import type { Coordinates } from '@tenon/engine'

/** Why the device does not say where it is. */
export type PositionProblem = 'insecure' | 'refused' | 'unknown' | 'late'

const patienceMs = 15_000
const problems: readonly PositionProblem[] = ['refused', 'unknown', 'late']

/** Asks the device; the browser asks the person first. */
export function whereAmI(): Promise<Coordinates | PositionProblem> {
  if (!window.isSecureContext || !('geolocation' in navigator)) return Promise.resolve('insecure')
  return new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) =>
        resolve({ latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) }),
      ({ code }) => resolve(problems[code - 1] ?? 'unknown'),
      { enableHighAccuracy: true, timeout: patienceMs, maximumAge: 30_000 },
    ),
  )
}
