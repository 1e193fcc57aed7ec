import { type Static, Type } from 'typebox'
import { Closed } from './wire.ts'

/** One thing wrong with what was sent: `path` is a JSON Pointer into it, `code` a key of the table of codes. */
export const ProblemDetail = Closed({ path: Type.String(), code: Type.String(), message: Type.String() })
export type ProblemDetail = Static<typeof ProblemDetail>

/** RFC 9457 problem document, in the caller's language. `code` is stable for ever, texts are not. */
export const ProblemDocument = Closed({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  code: Type.String(),
  errors: Type.Optional(Type.Array(ProblemDetail)),
  current: Type.Optional(
    Type.Unknown({ description: '409 of a stale version: the record as it is now, as far as the caller may see it.' }),
  ),
})
export type ProblemDocument = Static<typeof ProblemDocument>
