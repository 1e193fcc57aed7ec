import { Closed, FileView } from '@tenon/runtime/contract'
import { Type } from 'typebox'
import type { Doors } from '../../../doors.ts'
import { TenonError } from '../../../tenon-error.ts'
import { reservedId } from '../../commands.ts'
import { personOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { IdParams, NoQuery } from '../parameters.ts'

/** Types a browser may show in place: it cannot run anything in them. SVG and HTML never. */
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'])

/**
 * Files up and down. Until a record or comment names it, a file belongs to its uploader; from then on whoever may
 * read the record may read the file, asked anew at every download.
 */
export function fileRoutes(http: Http, doors: Doors): void {
  http.post(
    '/api/files',
    {
      config: { resource: 'file', action: 'create', audience: 'people', upload: true },
      schema: { querystring: NoQuery, response: { 201: FileView } },
    },
    async (request, reply) => {
      const part = await request.file()
      if (!part) throw new TenonError('request.malformed', { reason: 'file' })
      const view = await doors.files.add(personOf(request), safeName(part.filename), part.file, (fingerprint) =>
        reservedId(doors, request, fingerprint),
      )
      return reply.code(201).send(view)
    },
  )

  http.get(
    '/api/files/:id',
    {
      config: { resource: 'file', action: 'read', audience: 'people' },
      schema: {
        params: IdParams,
        querystring: Closed({ inline: Type.Optional(Type.Boolean()) }),
        response: { 200: Type.Unknown() },
      },
    },
    async (request, reply) => {
      const { file, content } = await doors.files.open(personOf(request), request.params.id)
      const inPlace = request.query.inline === true && inlineTypes.has(file.mediaType)
      return reply
        .header('content-disposition', disposition(inPlace ? 'inline' : 'attachment', file.name))
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .header('content-length', file.sizeBytes)
        .type(inPlace ? file.mediaType : 'application/octet-stream')
        .send(content)
    },
  )
}

/** A name for people only: no path, no control characters, not endless. It is never part of a path of ours. */
export function safeName(given: string): string {
  const last = given.split(/[\\/]/).at(-1) ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean.slice(-200)
}

/** RFC 6266 with the name twice: ASCII for the old, UTF-8 for everybody. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
