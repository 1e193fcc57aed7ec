import { join } from 'node:path'

/** Where a file's content is: by our id only, spread over folders. No name from outside is ever part of a path. */
export function contentPath(folder: string, id: string): string {
  if (!/^[0-9a-f-]{8,64}$/.test(id)) throw new Error(`not an id of ours: ${id}`)
  return join(folder, id.slice(-2), id)
}
