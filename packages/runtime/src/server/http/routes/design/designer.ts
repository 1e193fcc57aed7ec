import { appRights } from '@tenon/engine'
import type { AppSummary } from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../../auth/identity.ts'
import type { Doors } from '../../../doors.ts'
import { denied } from '../../../tenon-error.ts'
import { callerOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { appSummary } from '../../views/app-view.ts'

/** Strangers are refused before it is looked at what they send. */
export function refuseStrangers(http: Http, doors: Doors): void {
  const designer = designerOf(doors)
  http.addHook('preValidation', async (request) => {
    if (request.routeOptions.url?.startsWith('/api/design/apps/:app')) designer(request)
  })
}

/** Who asks, if they may design the app; of an app that is not there yet, if they administer the installation. */
export const designerOf =
  (doors: Doors) =>
  (request: FastifyRequest): Caller => {
    const principal = callerOf(request)
    const { app } = request.params as { app: string }
    const model = doors.app(app)
    const may = model
      ? appRights(model.definition, principal).has('design')
      : principal.kind === 'system' || principal.admin
    if (!may) throw denied()
    return principal
  }

/** The published apps somebody may design. */
export const mayDesign = (doors: Doors, principal: Caller): AppSummary[] =>
  doors
    .apps()
    .filter((model) => appRights(model.definition, principal).has('design'))
    .map(appSummary)
