import { createHmac } from 'node:crypto'
import { type Id, type Locale, resolveText, trackingOf } from '@tenon/engine'
import { sql } from 'kysely'
import { type QueryPorts, readingFor } from '../queries/reading.ts'

/** Contact records with this address, and how the portal is called; undefined: nobody signs in there. */
export type PortalContacts = (
  app: string,
  mail: string,
) => Promise<{ readonly ids: readonly Id[]; readonly title: (locale: Locale) => string } | undefined>

/** People who share an address are one to us: whoever reads its mail. */
const mostContacts = 50

/** Bound to the request it is for and to a key outside the database: six digits alone could be found by trying. */
export const hashCode = (key: string, id: string, code: string): string =>
  createHmac('sha256', key).update(`portal code\n${id}\n${code}`).digest('hex')

/** An address as it is compared: however it is spelled. */
export const plainMail = (mail: string): string => mail.trim().toLowerCase()

/** Looks contacts up as sign-in looks people up: before anybody is there whose rights could be asked. */
export const portalContacts =
  (ports: QueryPorts): PortalContacts =>
  async (id, mail) => {
    await ports.memory.fresh()
    const app = ports.memory.now.apps.app(id)?.model
    const tracking = app && trackingOf(app)
    const form = tracking && app.forms.get(tracking.contacts)
    const field = form?.fields.get(tracking?.mail ?? '')
    if (!form || !field?.stored || field.system || field.target) return undefined
    const reading = readingFor({ kind: 'system', reason: 'portal sign-in' }, ports, id)
    const { table, column } = reading.database.tables(form)
    const name = column(field)
    if (name === undefined) return undefined
    const rows = await reading.run(
      sql`select id from ${sql.table(table)} where lower(${sql.ref(name)}) = ${plainMail(mail)} order by id limit ${sql.lit(mostContacts)}`,
    )
    const { portal, label } = app.definition
    return {
      ids: rows.map((row) => String(row.id)),
      title: (locale) => resolveText(portal?.title ?? label, locale),
    }
  }
