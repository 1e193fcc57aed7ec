import { type Contact, contactOf, type FormModel, ok, type Portal, publicFields, trackingOf } from '@tenon/engine'
import { hashSecret, newSecret, sameText } from '../auth/secrets.ts'
import type { PortalDoors } from '../doors.ts'
import { isPlainAddress } from '../outbox/effects/mail-send.ts'
import { hashCode, type PortalContacts, plainMail } from '../portal/contacts.ts'
import { ownList, ownRecord } from '../portal/own-records.ts'
import type { QueryPorts } from '../queries/reading.ts'
import {
  addCode,
  addPortalSession,
  closePortalSession,
  countAttempt,
  portalSession,
  spendCode,
} from '../store/rows/portal.ts'
import { publicLinksOf } from '../store/rows/public-links.ts'
import { TenonError } from '../tenon-error.ts'
import type { Performing } from './performing.ts'

type Ports = QueryPorts & {
  readonly perform: Performing
  readonly contacts: PortalContacts
  readonly operatorKey: string
}

const codeMs = 10 * 60_000
const sessionMs = 24 * 3_600_000
const by = { kind: 'system', reason: 'portal sign-in' } as const

/** The page of an app for its customers. An app without one, one that is closed and none at all answer the same. */
export function portalDoors(ports: Ports): PortalDoors {
  const { store, memory, clock, perform, contacts, operatorKey } = ports
  return {
    sessionSeconds: sessionMs / 1000,

    async view(id, secret) {
      const { app, portal } = await open(id)
      const { definition } = app
      return {
        title: portal.title ?? definition.label,
        intro: portal.intro ?? null,
        contact: portal.contact ?? null,
        locales: [...definition.locales],
        zone: definition.zone ?? 'Asia/Shanghai',
        tracking: trackingOf(app) ? { signedIn: (await signedIn(id, secret)) !== undefined } : null,
        forms: await offered(portal, id, app.forms),
      }
    },

    async ask(id, { mail }, locale) {
      await tracked(id)
      const address = plainMail(mail)
      if (!isPlainAddress(address)) throw new TenonError('portal.wrongMail')
      const ticket = newSecret()
      const row = {
        id: hashSecret(ticket),
        app: id,
        mail: address,
        locale,
        code_hash: null,
        attempts: 0,
        used_at: null,
      }
      await perform(by, async ({ tx, outbox, now }) => {
        await addCode(tx, { ...row, expires_at: now + codeMs })
        await outbox.add(tx, [{ key: `portal.code/${row.id}`, effect: { type: 'portal.code', id: row.id } }])
        return ok(undefined)
      })
      return { ticket }
    },

    async prove(id, { ticket, code }) {
      await tracked(id)
      const secret = newSecret()
      const proved = await store.transact(async (tx) => {
        const [now, asked] = [clock.now(), hashSecret(ticket)]
        // Counted and kept whatever comes of it: a wrong try must not be undone.
        const row = await countAttempt(tx, id, asked, now)
        const given = hashCode(operatorKey, asked, code)
        if (!row || row.code_hash === null || !sameText(row.code_hash, given)) return ok(false)
        if (!(await spendCode(tx, asked, now))) return ok(false)
        await addPortalSession(tx, { id: hashSecret(secret), app: id, mail: row.mail, expires_at: now + sessionMs })
        return ok(true)
      })
      if (!proved.ok || !proved.value) throw new TenonError('portal.wrongCode')
      return secret
    },

    async leave(id, secret) {
      await store.transact(async (tx) => ok(await closePortalSession(tx, id, hashSecret(secret))))
    },

    async records(id, secret, locale) {
      return { items: await ownList(await contact(id, secret), ports, locale) }
    },

    async record(id, secret, at, locale) {
      return ownRecord(await contact(id, secret), ports, at, locale)
    },
  }

  async function open(id: string) {
    const { apps } = await memory.fresh()
    const app = apps.app(id)?.model
    const portal = app?.definition.portal
    if (!app || !portal || portal.closed) throw new TenonError('portal.notFound')
    return { app, portal }
  }

  async function tracked(id: string) {
    const { app } = await open(id)
    if (!trackingOf(app)) throw new TenonError('portal.notFound')
    return app
  }

  async function contact(id: string, secret: string | undefined): Promise<Contact> {
    await tracked(id)
    const found = await signedIn(id, secret)
    if (!found) throw new TenonError('portal.signIn')
    return found
  }

  /**
   * Who a session is, by the contacts and the definition as they are now: whose address was changed, or who is no contact
   * any more, is nobody.
   */
  async function signedIn(id: string, secret: string | undefined): Promise<Contact | undefined> {
    const session = secret && (await portalSession(store.read, id, hashSecret(secret), clock.now()))
    const known = session && (await contacts(id, session.mail))
    const app = memory.now.apps.app(id)?.model
    return known && app ? contactOf(app, known.ids) : undefined
  }

  /** Its forms in the author's order: only those that are open and that somebody made a link for. */
  async function offered({ forms }: Portal, app: string, models: ReadonlyMap<string, FormModel>) {
    const links = new Map((await publicLinksOf(store.read, app)).map(({ form, token }) => [form, token]))
    return forms.flatMap((id) => {
      const [form, token] = [models.get(id), links.get(id)]
      if (!form || token === undefined || publicFields(form).length === 0) return []
      const { publicForm, label } = form.definition
      return [{ title: publicForm?.title ?? label, intro: publicForm?.intro ?? null, token }]
    })
  }
}
