import { createHash } from 'node:crypto'
import {
  behaviourOf,
  type FormModel,
  isOpenTo,
  type Locale,
  type Problem,
  publicFields,
  type RecordRow,
  type Rejection,
  type Stranger,
} from '@tenon/engine'
import type { Executor } from '../commands/execute.ts'
import type { PublicFormDoors } from '../doors.ts'
import { type KeepPorts, keepFile } from '../files/keep-file.ts'
import { classOf } from '../files/sniff-type.ts'
import { publicFormView } from '../queries/public-form.ts'
import type { QueryPorts } from '../queries/reading.ts'
import { newId } from '../store/new-id.ts'
import { publicLinkBy } from '../store/rows/public-links.ts'
import { rejected, TenonError } from '../tenon-error.ts'

type Ports = QueryPorts & KeepPorts & { readonly executor: Executor; readonly uploadMaxBytes: number }

/** Largest file a stranger may send: a photograph, not a film. */
const strangersFileBytes = 20 * 2 ** 20
/** What uploads of strangers may take while no record has them yet. */
const pendingBytes = 2 * 2 ** 30

const closed = () => new TenonError('publicForm.notFound')

/** Public forms as seen from outside: one form, filled in once, and nothing to be read. */
export function publicFormDoors(ports: Ports): PublicFormDoors {
  const fileMaxBytes = Math.min(ports.uploadMaxBytes, strangersFileBytes)

  async function open(token: string, visit?: string): Promise<{ stranger: Stranger; form: FormModel }> {
    const link = await publicLinkBy(ports.store.read, token)
    if (!link) throw closed()
    const { apps } = await ports.memory.fresh()
    const form = apps.app(link.app)?.model.forms.get(link.form)
    const stranger: Stranger = {
      kind: 'stranger',
      app: link.app,
      form: link.form,
      ...(visit === undefined ? {} : { visit: visitorOf(token, visit) }),
    }
    if (!form || !isOpenTo(form, stranger)) throw closed()
    return { stranger, form }
  }

  return {
    fileMaxBytes,

    async view(token: string, locale: Locale) {
      const { stranger, form } = await open(token)
      return { ...publicFormView(stranger, ports, form, locale), fileMaxBytes }
    },

    async submit(token, { values, visit, website = '' }, intention) {
      const { stranger, form } = await open(token, visit)
      if (website !== '') throw new TenonError('publicForm.refused')
      const body = { type: 'record.create', app: stranger.app, form: stranger.form, values } as const
      const command = { command: newId(ports.clock.now()), principal: stranger, source: 'public', ...body } as const
      const done = await ports.executor.execute(command, intention)
      if (!done.ok) throw rejected(toldOutside(done.error, form))
      return { number: numberOf(form, done.value.record), thanks: form.definition.publicForm?.thanks ?? null }
    },

    async upload(token, { visit }, name, content) {
      const { stranger, form } = await open(token, visit)
      const kinds = kindsAsked(form)
      if (kinds.length === 0) throw new TenonError('publicForm.refused')
      if ((await waiting()) > pendingBytes) throw new TenonError('publicForm.full')
      return keepFile(ports, {
        by: stranger,
        uploadedBy: stranger.visit ?? '',
        name,
        content,
        maxBytes: fileMaxBytes,
        check: (mediaType) => refuseKind(kinds, name, mediaType),
      })
    },
  }

  async function waiting(): Promise<number> {
    const row = await ports.store.read
      .selectFrom('files')
      .select(({ fn }) => fn.sum<number | null>('size_bytes').as('bytes'))
      .where('record', 'is', null)
      .where('uploaded_by', 'like', `${visitor}%`)
      .executeTakeFirst()
    return Number(row?.bytes ?? 0)
  }
}

const visitor = 'visit:'

/** A visit is one of this link: what was uploaded over another is somebody else's. */
const visitorOf = (token: string, visit: string): string =>
  visitor + createHash('sha256').update(`${token}\n${visit}`).digest('hex')

/** What each file field of the public form takes; undefined: everything. */
const kindsAsked = (form: FormModel): readonly (readonly string[] | undefined)[] =>
  publicFields(form).flatMap((id) => {
    const field = form.fields.get(id)
    if (field?.target?.kind !== 'file') return []
    return [
      field.definition && 'accept' in field.definition ? (field.definition.accept as readonly string[]) : undefined,
    ]
  })

/** Which of the fields it is for is asked when the form is sent in; what none of them takes is not even kept. */
function refuseKind(kinds: readonly (readonly string[] | undefined)[], name: string, mediaType: string): void {
  const kind = classOf(mediaType)
  if (kinds.some((accept) => accept === undefined || (kind !== undefined && accept.includes(kind)))) return
  throw new TenonError('file.wrongType', { name, allowed: [...new Set(kinds.flatMap((accept) => accept ?? []))] })
}

/** The first number the system gave it: what people name it by on the telephone. */
function numberOf(form: FormModel, record: RecordRow | undefined): string | null {
  const field = form.definition.fields.find((one) => behaviourOf(one).traits.numbered)
  const value = field && record?.data[field.id]
  return typeof value === 'string' ? value : null
}

const sayable = new Set(['record.invalid', 'idempotency.reused', 'idempotency.inFlight', 'version.conflict'])

/**
 * A refusal without anything of the inside: which fields there are, which rule or flow it was. What is wrong with fields
 * that were not asked is said as a whole.
 */
function toldOutside(rejection: Rejection, form: FormModel): Rejection {
  if (rejection.code === 'record.notFound' || rejection.code === 'access.denied') return { code: 'publicForm.notFound' }
  if (!sayable.has(rejection.code)) return { code: 'publicForm.refused' }
  const asked = new Set(form.definition.publicForm?.fields)
  const problems = (rejection.problems ?? []).flatMap((one): Problem[] => {
    const [, field = ''] = one.path.split('/')
    if (asked.has(field)) return [one]
    if (one.code === 'field.unknown') return [{ ...one, details: { field } }]
    return [one.code === 'check.failed' ? { ...one, path: '' } : { code: 'publicForm.refused', path: '' }]
  })
  return { code: rejection.code, ...(problems.length > 0 ? { problems } : {}) }
}
