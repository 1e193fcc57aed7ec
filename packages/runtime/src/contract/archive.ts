import { type Static, Type } from 'typebox'
import { AppList } from './apps.ts'
import { DesignProblem } from './design.ts'
import { DraftName, WireConflict } from './drafts.ts'
import { Closed, Moment, Nullable, OneOf, Slug, Text } from './wire.ts'

/** Apps I may design; for administrators also those that have only a draft yet. */
export const DesignAppList = Closed({
  ...AppList.properties,
  unpublished: Type.Array(
    Closed({
      id: Slug,
      label: Text,
      draft: Type.String({ description: 'Name of the draft changed last.' }),
      updatedAt: Moment,
    }),
    { description: 'Apps that have never been published, for who administers the installation.' },
  ),
})
export type DesignAppList = Static<typeof DesignAppList>

/** What an app can be made from. */
export const TemplateList = Closed({
  items: Type.Array(
    Closed({
      id: Type.String({ description: 'For `template` of a new app.' }),
      app: Type.String({ description: 'The id the template itself has: a good one for the new app.' }),
      version: Type.String({ description: 'Of the template, semantic.' }),
      label: Text,
      description: Type.Optional(Text),
      icon: Type.Optional(Type.String()),
      locales: Type.Array(Type.String()),
      hasSample: Type.Boolean({ description: 'It brings demo data.' }),
    }),
  ),
})
export type TemplateList = Static<typeof TemplateList>

export const NewApp = Closed({
  id: { ...Slug, description: 'Permanent id of the app.' },
  label: Text,
  description: Type.Optional(Text),
  template: Type.Optional(
    Type.String({ maxLength: 60, description: 'Template it is made from; absent: an empty app.' }),
  ),
  sample: Type.Optional(
    Type.Boolean({ description: 'Take the files of the demo data along; absent: no. Nothing is imported yet.' }),
  ),
})
export type NewApp = Static<typeof NewApp>
export const NewAppAnswer = Closed({
  app: Type.String(),
  draft: Type.String({ description: 'Draft that holds it; publishing that draft makes version 1.' }),
  revision: Type.Integer(),
})
export type NewAppAnswer = Static<typeof NewAppAnswer>

export const ExportQuery = Closed({
  version: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Absent: with `draft` that draft, else the live version.' }),
  ),
  draft: Type.Optional(DraftName),
  sample: Type.Optional(Type.Boolean({ description: 'With the files of the demo data; absent: yes.' })),
})
export type ExportQuery = Static<typeof ExportQuery>

/** Fields beside the `file` of the multipart request. */
export const importModes = ['upgrade', 'replace'] as const
export type ImportZipOptions = {
  readonly dryRun: boolean
  /** Whether the files of the demo data come along. */
  readonly sample: boolean
  /** Of an app there is: merge what the template changed (`upgrade`), or take its files as they are (`replace`). */
  readonly mode: (typeof importModes)[number]
  /** Draft that gets the files; an upgrade has one of its own. */
  readonly draft: string
  readonly decisions: { readonly [address: string]: 'mine' | 'theirs' | { readonly value?: unknown } }
}

/** What an app needs of the installation it runs in and does not bring itself. */
export const AppNeeds = Closed({
  secrets: Type.Array(
    Closed({
      name: Type.String(),
      origin: Nullable(
        Type.String({ description: 'The only address it is sent to; null: it is not stored here yet.' }),
      ),
      places: Type.Array(Type.String(), { description: 'What names it, in words.' }),
    }),
    { description: 'By name. Values are never shown; administrators store them.' },
  ),
  variables: Type.Array(
    Closed({
      name: Type.String(),
      label: Type.String(),
      set: Type.Boolean({ description: 'It has a value or a default here.' }),
      value: Nullable(
        Type.String({ description: 'What texts that name it say here; null: it has neither value nor default.' }),
      ),
    }),
    { description: 'In the order of the app; administrators set them.' },
  ),
})
export type AppNeeds = Static<typeof AppNeeds>

/** What a ZIP brought into a draft, or would bring. Nothing is published. */
export const ImportedZip = Closed({
  app: Type.String(),
  label: Text,
  version: Type.String({ description: 'Semantic version that the app in the archive says it has.' }),
  mode: OneOf(['new', 'upgrade', 'replace'] as const),
  draft: Type.String({ description: 'Name of the draft that holds it.' }),
  revision: Nullable(Type.Integer({ description: 'null: nothing was changed, it was a dry run.' })),
  problems: Type.Array(DesignProblem, {
    description: 'What keeps it from being published, and warnings; of an upgrade: the merged version.',
  }),
  conflicts: Type.Array(WireConflict),
  changes: Type.Array(Type.String(), { description: 'What is different from the live version, a sentence each.' }),
  sample: Type.Array(
    Closed({
      file: Type.String(),
      form: Nullable(Type.String({ description: 'Form whose records it holds; null: it is not imported as records.' })),
      label: Nullable({ ...Text, description: 'Name of that form; null: the archive has no such form.' }),
      rows: Nullable(Type.Integer()),
    }),
    { description: 'Demo data in the archive.' },
  ),
  needs: AppNeeds,
})
export type ImportedZip = Static<typeof ImportedZip>
