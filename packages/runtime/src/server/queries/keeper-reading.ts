import { appRights, mayUseApp } from '@tenon/engine'
import type { Caller } from '../auth/identity.ts'
import { denied, notFound } from '../tenon-error.ts'
import { type QueryPorts, type Reading, readingFor } from './reading.ts'

/** The reading of somebody who manages or designs the app; refuses all others. */
export function keeperReading(principal: Caller, ports: QueryPorts, app: string): Reading {
  const reading = readingFor(principal, ports, app)
  const rights = appRights(reading.app.model.definition, principal)
  if (rights.size === 0 && !mayUseApp(app, principal)) throw notFound()
  if (!rights.has('manage') && !rights.has('design')) throw denied()
  return reading
}
