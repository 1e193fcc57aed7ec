import { ApiProblem, type FileView, newKey, type ProblemDocument } from '../../contract/index.ts'
import type { Choice } from '../../ui/environment.tsx'
import { client } from './client.ts'
import { preferences } from './preferences.ts'

/** Uploads a file that a record or comment will name. */
export const uploadFile = (file: File, progress: (share: number) => void): Promise<Choice> =>
  uploadTo(client.requester.address('/api/files'), file, progress)

/** Uploads with progress, which fetch cannot tell. Same headers as the client's own requests. */
export const uploadTo = (address: string, file: File, progress: (share: number) => void): Promise<Choice> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', preferences().locale)
    request.setRequestHeader('idempotency-key', newKey())
    if (client.requester.csrfToken) request.setRequestHeader('x-csrf-token', client.requester.csrfToken)
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && progress(loaded / total)
    request.onerror = () =>
      reject(new ApiProblem({ type: 'about:blank', title: '', status: 0, code: 'server.unreachable' }))
    request.onload = () => {
      try {
        const body = JSON.parse(request.responseText) as FileView | ProblemDocument
        if (request.status >= 400) return reject(new ApiProblem(body as ProblemDocument))
        const { id, name, mediaType, sizeBytes } = body as FileView
        resolve({ id, ref: { kind: 'file', name, mediaType, sizeBytes } })
      } catch (cause) {
        reject(new Error('upload', { cause }))
      }
    }
    const body = new FormData()
    body.append('file', file, file.name)
    request.send(body)
  })
