import type { FormLookup, Locale } from '@tenon/engine'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'

/** What an id stands for, so that a value can be shown without asking. */
export type Ref =
  | {
      readonly kind: 'record'
      readonly app: string
      readonly form: string
      readonly title: string
      readonly card?: { readonly [field: string]: unknown }
    }
  | { readonly kind: 'user'; readonly name: string; readonly username: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'file'; readonly name: string; readonly mediaType: string; readonly sizeBytes: number }
export type Refs = { readonly [id: string]: Ref }

export type Choice = { readonly id: string; readonly ref: Ref; readonly hint?: string }

/**
 * What widgets need of the page they stand on. They reach no network themselves, so the designer can draw the same
 * widgets over sample data.
 */
export type UiEnvironment = {
  readonly locale: Locale
  /** IANA zone in which moments are shown and entered. */
  readonly zone: string
  /** App the form belongs to, and its currency for money without one. */
  readonly app: string
  readonly currency: string
  readonly lookup: FormLookup
  readonly searchRecords: (form: string, q: string, where?: object) => Promise<readonly Choice[]>
  readonly searchPeople: (q: string, roles?: readonly string[]) => Promise<readonly Choice[]>
  /** Texts already used in a field of free texts of a form (`app/form`), as far as the person may read them. */
  readonly usedTexts: (form: string, field: string, q: string) => Promise<readonly string[]>
  readonly listDepartments: () => Promise<readonly Choice[]>
  /** Uploads; `progress` gets a share from 0 to 1. */
  readonly uploadFile: (file: File, progress: (share: number) => void) => Promise<Choice>
  readonly fileAddress: (id: string, inline?: boolean) => string
  readonly recordAddress: (app: string, form: string, id: string) => string
}

const nowhere = () => Promise.reject(new Error('There is no server behind this page.'))

export const emptyEnvironment: UiEnvironment = {
  locale: 'zh-CN',
  zone: 'Asia/Shanghai',
  app: '',
  currency: 'CNY',
  lookup: () => undefined,
  searchRecords: nowhere,
  searchPeople: nowhere,
  // Proposals are a help: without a server there are none, and nothing is wrong.
  usedTexts: async () => [],
  listDepartments: nowhere,
  uploadFile: nowhere,
  fileAddress: () => '#',
  recordAddress: () => '#',
}

const Environment = createContext<UiEnvironment>(emptyEnvironment)

export const UiEnvironmentProvider = ({ value, children }: { value: UiEnvironment; children: ReactNode }) => (
  <Environment value={value}>{children}</Environment>
)
export const useUi = (): UiEnvironment => useContext(Environment)

const emptyRefs: Refs = {}
const KnownRefs = createContext<Refs>(emptyRefs)
const Remember = createContext<(id: string, ref: Ref) => void>(() => {})

/** Adds names for ids to those known further out, and keeps those that people pick below it. */
export function RefsProvider({ refs, children }: { refs: Refs; children: ReactNode }) {
  const outer = useContext(KnownRefs)
  const [picked, setPicked] = useState<Refs>(emptyRefs)
  const all = useMemo(() => ({ ...outer, ...refs, ...picked }), [outer, refs, picked])
  const remember = useCallback((id: string, ref: Ref) => setPicked((before) => ({ ...before, [id]: ref })), [])
  return (
    <Remember value={remember}>
      <KnownRefs value={all}>{children}</KnownRefs>
    </Remember>
  )
}

/** What an id stands for; undefined: nobody said, which is also the answer for what I may not see. */
export const useKnownRef = (id: string | null | undefined): Ref | undefined => {
  const refs = useContext(KnownRefs)
  return id && Object.hasOwn(refs, id) ? refs[id] : undefined
}
export const useRefs = (): Refs => useContext(KnownRefs)
export const useRemember = () => useContext(Remember)
