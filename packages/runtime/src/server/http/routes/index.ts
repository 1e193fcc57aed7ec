import type { Config } from '../../config.ts'
import type { Doors } from '../../doors.ts'
import type { Hub } from '../../live/hub.ts'
import type { PublicLimit, SignInLimit } from '../plugins/limits.ts'
import type { Http } from '../server.ts'
import { operationRoutes, peopleAdminRoutes, secretRoutes, variableRoutes } from './admin/admin.ts'
import { alertRoutes } from './alerts/alerts.ts'
import { appRoutes, reportRoutes } from './apps/apps.ts'
import { archiveRoutes } from './design/archive.ts'
import { designRoutes } from './design/design.ts'
import { refuseStrangers } from './design/designer.ts'
import { draftRoutes } from './design/drafts.ts'
import { elementRoutes } from './design/elements.ts'
import { instanceRoutes } from './design/instances.ts'
import { publicLinkRoutes } from './design/public-links.ts'
import { fileRoutes } from './files/files.ts'
import { flowRoutes } from './flows/flows.ts'
import { eventRoutes } from './live/events.ts'
import { mineRoutes } from './live/mine.ts'
import { portalRoutes } from './public/portal.ts'
import { publicRoutes } from './public/public.ts'
import { bulkRoutes } from './records/bulk.ts'
import { exportRoutes } from './records/export.ts'
import { importRoutes } from './records/import.ts'
import { recordPageRoutes, recordRoutes } from './records/records.ts'
import { sessionRoutes, tokenRoutes } from './session/session.ts'
import { taskRoutes } from './tasks/tasks.ts'

/** Every address of the contract. */
export function addRoutes(
  http: Http,
  doors: Doors,
  config: Config,
  { signInLimit, publicLimit }: { readonly signInLimit: SignInLimit; readonly publicLimit: PublicLimit },
  hub: Hub,
): void {
  refuseStrangers(http, doors)
  sessionRoutes(http, doors, config, signInLimit)
  publicRoutes(http, doors, publicLimit)
  portalRoutes(http, doors, publicLimit)
  tokenRoutes(http, doors)
  appRoutes(http, doors)
  reportRoutes(http, doors)
  recordRoutes(http, doors)
  recordPageRoutes(http, doors)
  bulkRoutes(http, doors)
  exportRoutes(http, doors)
  importRoutes(http, doors, config)
  taskRoutes(http, doors)
  flowRoutes(http, doors)
  alertRoutes(http, doors)
  mineRoutes(http, doors)
  fileRoutes(http, doors)
  peopleAdminRoutes(http, doors)
  operationRoutes(http, doors)
  archiveRoutes(http, doors)
  secretRoutes(http, doors)
  variableRoutes(http, doors)
  designRoutes(http, doors)
  draftRoutes(http, doors)
  elementRoutes(http, doors)
  publicLinkRoutes(http, doors)
  instanceRoutes(http, doors)
  eventRoutes(http, doors, hub)
}
