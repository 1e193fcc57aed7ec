import type { AppDocument } from '../definitions/documents.ts'
import type { ReferenceContext } from '../definitions/references.ts'
import type { Site } from '../definitions/sites.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Directory } from '../pipeline/world.ts'

/** The people there are, and the moment they are looked at. */
export type Organisation = { readonly directory: Directory; readonly now: Instant }

/** What a check may look at: everything was gathered once, for all of them. */
export type LintContext = ReferenceContext & {
  readonly all: readonly AppDocument[]
  readonly sites: readonly Site[]
  /** Today, `YYYY-MM-DD`; undefined: checks that need it are left out. */
  readonly today: string | undefined
  /** undefined: the app is judged by itself, wherever it will run. */
  readonly people: Organisation | undefined
}

/** One check: the problems it finds in an app whose documents are each valid. */
export type Check = (context: LintContext) => readonly Problem[]
