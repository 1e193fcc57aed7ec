const starts: readonly (readonly [type: string, bytes: readonly number[], offset?: number])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/bmp', [0x42, 0x4d]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['application/gzip', [0x1f, 0x8b]],
  ['application/x-7z-compressed', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['application/vnd.rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['application/x-ole-storage', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['video/mp4', [0x66, 0x74, 0x79, 0x70], 4],
  ['video/webm', [0x1a, 0x45, 0xdf, 0xa3]],
  ['audio/mpeg', [0x49, 0x44, 0x33]],
  ['audio/ogg', [0x4f, 0x67, 0x67, 0x53]],
]

/** How much of the beginning `sniffType` wants to see. */
export const sniffBytes = 4096

/**
 * What a file is by its content; what the browser or its name claims counts only to tell apart what looks alike
 * (Office documents are zips). HTML, SVG and scripts are text and nothing more.
 */
export function sniffType(head: Buffer, name: string): string {
  const found = starts.find(([, bytes, offset = 0]) => bytes.every((byte, at) => head[offset + at] === byte))
  if (found) return found[0] === 'application/x-ole-storage' ? oleType(name) : found[0]
  if (isRiff(head, 'WEBP')) return 'image/webp'
  if (isRiff(head, 'WAVE')) return 'audio/wav'
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)) return zipType(head, name)
  return isText(head) ? 'text/plain' : 'application/octet-stream'
}

const isRiff = (head: Buffer, kind: string) =>
  head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === kind

const office: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}
const oldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
}

const endingOf = (name: string) => name.split('.').at(-1)?.toLowerCase() ?? ''
const ofEnding = (types: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(types, endingOf(name)) ? types[endingOf(name)] : undefined
const oleType = (name: string) => ofEnding(oldOffice, name) ?? 'application/octet-stream'
const zipType = (head: Buffer, name: string) =>
  (head.includes('[Content_Types].xml') || head.includes('_rels/') ? ofEnding(office, name) : undefined) ??
  'application/zip'

/** No control characters but blanks, and not cut inside what cannot be UTF-8. */
function isText(head: Buffer): boolean {
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127) return false
  const text = head.toString('utf8')
  return !text.slice(0, -4).includes('\ufffd')
}

export type FileClass = 'image' | 'pdf' | 'office' | 'text' | 'archive' | 'video' | 'audio'

/** The class a form may ask for with `accept`; undefined: none of them. */
export function classOf(mediaType: string): FileClass | undefined {
  const [family = ''] = mediaType.split('/')
  if (family === 'image' || family === 'text' || family === 'video' || family === 'audio') return family
  if (mediaType === 'application/pdf') return 'pdf'
  if (Object.values(office).includes(mediaType) || Object.values(oldOffice).includes(mediaType)) return 'office'
  return /zip|rar|7z/.test(mediaType) ? 'archive' : undefined
}
