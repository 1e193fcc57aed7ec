import { type Static, Type } from 'typebox'
import { Closed, Id } from './wire.ts'

/** An uploaded file. Until a record or comment names it, only its uploader can use it. */
export const FileView = Closed({
  id: Id,
  name: Type.String(),
  mediaType: Type.String({ description: 'Found in the content, not what the browser claimed.' }),
  sizeBytes: Type.Integer(),
})
export type FileView = Static<typeof FileView>
