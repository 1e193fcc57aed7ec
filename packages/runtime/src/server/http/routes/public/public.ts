import {
  Closed,
  FileView,
  PublicFormView,
  PublicReceipt,
  PublicToken,
  PublicUpload,
  SubmitPublicForm,
} from '@tenon/runtime/contract'
import type { Doors } from '../../../doors.ts'
import { TenonError } from '../../../tenon-error.ts'
import type { PublicLimit } from '../../plugins/limits.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { safeName } from '../files/files.ts'
import { intentionOf, NoQuery } from '../parameters.ts'

const outside = { resource: 'publicForm', audience: 'anyone' } as const
const TokenParams = Closed({ token: PublicToken })
/** What a person can type; files come by themselves. */
const submissionMaxBytes = 256 * 1024

/** Public forms, for people without an account: they see one form, send it in, and see nothing else. */
export function publicRoutes(http: Http, doors: Doors, limit: PublicLimit): void {
  http.get(
    '/api/public/:token',
    {
      config: { ...outside, action: 'read' },
      schema: { params: TokenParams, querystring: NoQuery, response: { 200: PublicFormView } },
    },
    (request) => doors.publicForms.view(request.params.token, localeOf(request.headers['accept-language'])),
  )

  http.post(
    '/api/public/:token',
    {
      config: { ...outside, action: 'create' },
      bodyLimit: submissionMaxBytes,
      onRequest: limit.submission,
      schema: { params: TokenParams, querystring: NoQuery, body: SubmitPublicForm, response: { 201: PublicReceipt } },
    },
    async (request, reply) => {
      const { token } = request.params
      return reply.code(201).send(await doors.publicForms.submit(token, request.body, intentionOf(request)))
    },
  )

  http.post(
    '/api/public/:token/files',
    {
      config: { ...outside, action: 'create', upload: true },
      onRequest: limit.upload,
      schema: { params: TokenParams, querystring: PublicUpload, response: { 201: FileView } },
    },
    async (request, reply) => {
      const part = await request.file({ limits: { fileSize: doors.publicForms.fileMaxBytes } })
      if (!part) throw new TenonError('request.malformed', { reason: 'file' })
      const { token } = request.params
      return reply
        .code(201)
        .send(await doors.publicForms.upload(token, request.query, safeName(part.filename), part.file))
    },
  )
}
