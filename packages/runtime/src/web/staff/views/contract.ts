import type { Condition, FormModel, View, ViewOf, ViewTypeName } from '@tenon/engine'
import type { ReactNode } from 'react'
import type { ListOptions } from '../../../contract/index.ts'
import type { ListSearch } from '../../shell/list-search.ts'
import type { ListColumn } from '../list/columns.ts'
import type { Fixed } from './fixed.ts'

/** What of a list a face needs: where it stands and what it asks for. */
export type FaceList = {
  readonly options: ListOptions
  /** The view of the form, whose condition applies beneath; undefined: one of somebody's own. */
  readonly view: View | undefined
  readonly where: Condition | undefined
  readonly search: ListSearch
  /** Changes the address. */
  readonly go: (change: { readonly [K in keyof ListSearch]?: ListSearch[K] | undefined }) => void
}

/** What a view is drawn from. The list's address says what is filtered; each face asks for its own pages of it. */
export type FaceProps<K extends ViewTypeName> = {
  readonly app: string
  readonly form: FormModel
  readonly view: ViewOf<K>
  readonly list: FaceList
  /** Fields of a card beside its title. */
  readonly columns: readonly ListColumn[]
  /** Why a field cannot be changed from here; undefined: it can, for all one knows before asking. */
  readonly fixed: (field: string) => Fixed | undefined
  /** What is shown where there is nothing. */
  readonly empty: ReactNode
}
