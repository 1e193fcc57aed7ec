import { type ReactNode, useMemo } from 'react'
import type { Choice, Ref, UiEnvironment } from '../../ui/environment.tsx'
import { UiEnvironmentProvider } from '../../ui/environment.tsx'
import { useApps, useFormLookup } from './apps.ts'
import { client } from './client.ts'
import { places } from './places.ts'
import { usePreferences } from './preferences.ts'
import { searchPeople } from './search-people.ts'
import { useSession } from './session.tsx'
import { uploadFile } from './upload.ts'
import { usedTexts } from './used-texts.ts'

const splitForm = (app: string, name: string): [string, string] =>
  name.includes('/') ? (name.split('/', 2) as [string, string]) : [app, name]

async function searchRecords(app: string, name: string, q: string, where?: object): Promise<readonly Choice[]> {
  const [home, form] = splitForm(app, name)
  const page = await client.records.list(home, form, {
    q: q === '' ? undefined : q,
    where,
    size: 20,
    count: false,
  } as never)
  return page.items.map(
    (item): Choice => ({
      id: item.id,
      ref: { kind: 'record', app: home, form, title: item.title, card: item.values },
    }),
  )
}

async function listDepartments(): Promise<readonly Choice[]> {
  const { items } = await client.departments()
  return items.map(({ id, name }) => ({ id, ref: { kind: 'department', name } satisfies Ref }))
}

/** Gives the widgets below the server they have no hands for, in the language and zone of the person. */
export function AppEnvironment({ app, children }: { app: string; children: ReactNode }) {
  const { locale } = usePreferences()
  const { user } = useSession()
  const view = useApps().apps.find(({ id }) => id === app)
  const lookup = useFormLookup(app)
  const zone = user.zone || view?.zone || 'Asia/Shanghai'
  const currency = view?.currency ?? 'CNY'
  const value = useMemo<UiEnvironment>(
    () => ({
      locale,
      zone,
      app,
      currency,
      lookup,
      searchRecords: (form, q, where) => searchRecords(app, form, q, where),
      searchPeople,
      usedTexts: (name, field, q) => usedTexts(...splitForm(app, name), field, q),
      listDepartments,
      uploadFile,
      fileAddress: (id, inline) => client.files.address(id, inline),
      recordAddress: places.record,
    }),
    [locale, zone, app, currency, lookup],
  )
  return <UiEnvironmentProvider value={value}>{children}</UiEnvironmentProvider>
}

/** As `AppEnvironment`, for pages over all my apps: forms are found as `app/form`. */
export function PlainEnvironment({ children }: { children: ReactNode }) {
  const { apps } = useApps()
  const first = apps[0]?.id ?? ''
  return <AppEnvironment app={first}>{children}</AppEnvironment>
}
