import {
  AddDesignComment,
  Closed,
  DesignComments,
  DiffQuery,
  DraftEdited,
  DraftHistory,
  DraftList,
  DraftQuery,
  DraftView,
  Id,
  MergeAnswer,
  PatchDraft,
  Presence,
  PresenceAnswer,
  PutDraft,
  RebaseDraft,
  ResolveDesignComment,
  RollBack,
  RolledBack,
  Slug,
  StepDraft,
  UpgradeAnswer,
  UpgradeApp,
  VersionDiff,
} from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import type { Doors } from '../../../doors.ts'
import { reservedId } from '../../commands.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { AppParams, Gone, NoQuery } from '../parameters.ts'
import { designerOf } from './designer.ts'

const draft = { resource: 'draft', audience: 'people' } as const
const comment = { resource: 'designComment', audience: 'people' } as const
const main = 'main'

const languageOf = (request: FastifyRequest) => localeOf(request.headers['accept-language'])

/** Drafts of an app: read, edit, undo, merge, compare, roll back; who is in them; what people say about elements. */
export function draftRoutes(http: Http, doors: Doors): void {
  const designer = designerOf(doors)
  http.get(
    '/api/design/apps/:app/drafts',
    {
      config: { ...draft, action: 'list' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: DraftList } },
    },
    (request) => doors.drafts.list(designer(request), request.params.app),
  )
  http.get(
    '/api/design/apps/:app/draft',
    {
      config: { ...draft, action: 'read' },
      schema: { params: AppParams, querystring: DraftQuery, response: { 200: DraftView } },
    },
    (request) => doors.drafts.read(designer(request), request.params.app, request.query.name ?? main),
  )
  http.put(
    '/api/design/apps/:app/draft',
    {
      config: { ...draft, action: 'update' },
      schema: { params: AppParams, querystring: DraftQuery, body: PutDraft, response: { 200: DraftEdited } },
    },
    (request) => doors.drafts.put(designer(request), request.params.app, request.query.name ?? main, request.body),
  )
  http.patch(
    '/api/design/apps/:app/draft',
    {
      config: { ...draft, action: 'update' },
      schema: { params: AppParams, querystring: DraftQuery, body: PatchDraft, response: { 200: DraftEdited } },
    },
    (request) => doors.drafts.patch(designer(request), request.params.app, request.query.name ?? main, request.body),
  )
  http.delete(
    '/api/design/apps/:app/draft',
    {
      config: { ...draft, action: 'delete' },
      schema: { params: AppParams, querystring: DraftQuery, response: Gone },
    },
    async (request, reply) => {
      await doors.drafts.remove(designer(request), request.params.app, request.query.name ?? main)
      return reply.code(204).send(null)
    },
  )
  for (const direction of ['undo', 'redo'] as const)
    http.post(
      `/api/design/apps/:app/draft/${direction}`,
      {
        config: { ...draft, action: 'update' },
        schema: { params: AppParams, querystring: DraftQuery, body: StepDraft, response: { 200: DraftEdited } },
      },
      (request) =>
        doors.drafts[direction](designer(request), request.params.app, request.query.name ?? main, request.body),
    )
  http.get(
    '/api/design/apps/:app/draft/history',
    {
      config: { ...draft, action: 'list' },
      schema: { params: AppParams, querystring: DraftQuery, response: { 200: DraftHistory } },
    },
    (request) => doors.drafts.history(designer(request), request.params.app, request.query.name ?? main),
  )
  http.post(
    '/api/design/apps/:app/draft/presence',
    {
      config: { ...draft, action: 'act', safe: true },
      schema: { params: AppParams, querystring: DraftQuery, body: Presence, response: { 200: PresenceAnswer } },
    },
    (request) => doors.drafts.present(designer(request), request.params.app, request.query.name ?? main, request.body),
  )
  http.post(
    '/api/design/apps/:app/draft/rebase',
    {
      config: { ...draft, action: 'update' },
      schema: { params: AppParams, querystring: DraftQuery, body: RebaseDraft, response: { 200: MergeAnswer } },
    },
    (request) =>
      doors.drafts.rebase(
        designer(request),
        request.params.app,
        request.query.name ?? main,
        request.body,
        languageOf(request),
      ),
  )
  http.post(
    '/api/design/apps/:app/upgrade',
    {
      config: { ...draft, action: 'update' },
      schema: { params: AppParams, querystring: NoQuery, body: UpgradeApp, response: { 200: UpgradeAnswer } },
    },
    (request) => doors.drafts.upgrade(designer(request), request.params.app, request.body, languageOf(request)),
  )
  http.get(
    '/api/design/apps/:app/versions/diff',
    {
      config: { ...draft, action: 'read' },
      schema: { params: AppParams, querystring: DiffQuery, response: { 200: VersionDiff } },
    },
    (request) => doors.drafts.diff(designer(request), request.params.app, request.query, languageOf(request)),
  )
  http.post(
    '/api/design/apps/:app/rollback',
    {
      config: { ...draft, action: 'publish' },
      schema: { params: AppParams, querystring: NoQuery, body: RollBack, response: { 200: RolledBack } },
    },
    async (request) => {
      const { version, plan } = await doors.drafts.rollBack(
        designer(request),
        request.params.app,
        request.body,
        languageOf(request),
      )
      return { version, plan }
    },
  )

  http.get(
    '/api/design/apps/:app/comments',
    {
      config: { ...comment, action: 'list' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: DesignComments } },
    },
    (request) => doors.drafts.comments(designer(request), request.params.app),
  )
  http.post(
    '/api/design/apps/:app/comments',
    {
      config: { ...comment, action: 'create' },
      schema: { params: AppParams, querystring: NoQuery, body: AddDesignComment, response: { 200: DesignComments } },
    },
    async (request) =>
      doors.drafts.comment(designer(request), request.params.app, request.body, await reservedId(doors, request)),
  )
  http.post(
    '/api/design/apps/:app/comments/:id/resolve',
    {
      config: { ...comment, action: 'act' },
      schema: {
        params: Closed({ app: Slug, id: Id }),
        querystring: NoQuery,
        body: ResolveDesignComment,
        response: { 200: DesignComments },
      },
    },
    (request) =>
      doors.drafts.resolveComment(designer(request), request.params.app, request.params.id, request.body.resolved),
  )
}
