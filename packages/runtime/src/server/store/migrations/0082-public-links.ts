import { type Migration, words } from './types.ts'

/** The links over which strangers reach public forms: one per form, made by hand on every installation. */
export const publicLinks: Migration = {
  id: 82,
  name: 'public links',
  statements: (kind) => {
    const { int, text, keyed } = words(kind)
    return [
      `CREATE TABLE public_links (app ${text} NOT NULL, form ${text} NOT NULL, token ${text} NOT NULL,
        made_at ${int} NOT NULL, made_by ${text}, PRIMARY KEY (app, form)) ${keyed}`,
      'CREATE UNIQUE INDEX public_links_token ON public_links (token)',
    ]
  },
}
