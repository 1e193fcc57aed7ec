import { gunzipSync } from 'node:zlib'

/** Largest file after unpacking; a gzip of more is refused before it fills the memory. */
const mostBytes = 512 * 1024 * 1024

/**
 * The text of a file: gzip is unpacked, a byte order mark decides, else UTF-8 where it is valid, else GB18030, the
 * encoding spreadsheets in China write. A named encoding is taken at its word.
 */
export function decodeText(bytes: Uint8Array, encoding?: string): string {
  const raw = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes
  const label = encoding ?? guessEncoding(raw)
  return new TextDecoder(label).decode(raw)
}

function guessEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    // Not valid UTF-8 is no failure here: it is how the other encoding is told.
    return 'gb18030'
  }
}
