import type { TextValue } from '@tenon/engine'
import type { ComponentType, ReactNode } from 'react'
import type { Documents } from '../draft/documents.ts'

export type BenchProps = {
  /** Path of the definition in the draft: `forms/ticket.json`. */
  readonly path: string
}

/** What somebody gave who makes a new definition. */
export type Fresh = {
  readonly id: string
  readonly label: TextValue
  /** The form it is about, where its kind is about one. */
  readonly form: string
  readonly documents: Documents
}

/** How one kind of definition is drawn, and how a new one begins. */
export type Builder = {
  readonly icon: ReactNode
  /** A new one is about a form that has to be chosen. */
  readonly needsForm: boolean
  /** A new definition that says as little as is allowed; undefined: none can be made. */
  readonly fresh: ((given: Fresh) => object) | undefined
  readonly Bench: ComponentType<BenchProps> & {
    /** Fetches its code, before it is drawn. */
    readonly preload: () => Promise<unknown>
  }
}
