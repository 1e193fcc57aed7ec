import { type Static, Type } from 'typebox'
import { Closed, Id, Moment, Nullable, OneOf, Slug } from './wire.ts'

/**
 * One line of `GET /api/events`: something I may see has changed. Ask again for what is on the screen; the event
 * itself carries no values.
 */
export const LiveEvent = Closed({
  kind: OneOf(['record', 'task', 'notification', 'app', 'job', 'alert', 'draft'] as const),
  app: Nullable(Type.String()),
  form: Nullable(Type.String()),
  id: Nullable(Id),
  /** For a task: the record it is about. */
  record: Nullable(Id),
  version: Nullable(Type.Integer()),
})
export type LiveEvent = Static<typeof LiveEvent>

export const NotificationView = Closed({
  id: Id,
  at: Moment,
  title: Type.String(),
  body: Type.String(),
  record: Nullable(Closed({ app: Type.String(), form: Type.String(), id: Id })),
  task: Nullable(Id),
  readAt: Nullable(Moment),
})
export type NotificationView = Static<typeof NotificationView>
export const NotificationPage = Closed({ items: Type.Array(NotificationView), unread: Type.Integer() })
export type NotificationPage = Static<typeof NotificationPage>
export const ReadNotifications = Closed({
  ids: Type.Optional(Type.Array(Id, { maxItems: 500, description: 'Absent: all of mine.' })),
})

export const SearchHit = Closed({ app: Slug, form: Slug, id: Id, title: Type.String(), snippet: Type.String() })
export type SearchHit = Static<typeof SearchHit>
export const SearchResult = Closed({ items: Type.Array(SearchHit) })
export type SearchResult = Static<typeof SearchResult>
