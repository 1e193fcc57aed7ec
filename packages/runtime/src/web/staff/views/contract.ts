import type { FormModel, ViewOf, ViewTypeName } from '@tenon/engine'
import type { ReactNode } from 'react'
import type { ListColumn } from '../list/columns.ts'
import type { ListState } from '../list/use-list.ts'
import type { Fixed } from './fixed.ts'

/** What a view is drawn from. The list's address says what is filtered; each face asks for its own pages of it. */
export type FaceProps<K extends ViewTypeName> = {
  readonly app: string
  readonly form: FormModel
  readonly view: ViewOf<K>
  readonly list: ListState
  /** Fields of a card beside its title. */
  readonly columns: readonly ListColumn[]
  /** Why a field cannot be changed from here; undefined: it can, for all one knows before asking. */
  readonly fixed: (field: string) => Fixed | undefined
  /** What is shown where there is nothing. */
  readonly empty: ReactNode
}
