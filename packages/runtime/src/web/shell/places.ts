/** Addresses of the pages, in one place: every record, view and board has one that can be sent to a colleague. */
export const places = {
  workbench: () => '/work',
  list: (app: string, form: string, view?: string) =>
    `/a/${app}/f/${form}${view ? `?view=${encodeURIComponent(view)}` : ''}`,
  record: (app: string, form: string, id: string, task?: string) =>
    `/a/${app}/f/${form}/${id}${task ? `?task=${task}` : ''}`,
  create: (app: string, form: string) => `/a/${app}/f/${form}/new`,
  import: (app: string, form: string) => `/a/${app}/f/${form}/import`,
  board: (app: string, board: string) => `/a/${app}/b/${board}`,
  assignmentCheck: (app: string) => `/a/${app}/assignment-check`,
  alerts: () => '/alerts',
  alert: (id: string) => `/alerts/${id}`,
  messages: () => '/messages',
  /** A page built apart: reached by a plain link. */
  design: (app?: string) => (app === undefined ? '/design' : `/design/${app}`),
  me: () => '/me',
  admin: (page: string) => `/admin/${page}`,
} as const
