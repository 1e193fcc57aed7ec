import { gunzipSync } from 'node:zlib'
import { TenonError } from '../tenon-error.ts'

/** Largest file after unpacking; a gzip of more is refused before it fills the memory. */
const mostBytes = 512 * 1024 * 1024

/**
 * The text of a file: gzip is unpacked, a byte order mark decides, else UTF-8 where it is valid, else GB18030, the
 * encoding spreadsheets in China write. A named encoding is taken at its word. Bytes that are no text in the encoding
 * are refused: put as a replacement character they would be lost for ever.
 */
export function decodeText(bytes: Uint8Array, encoding?: string): string {
  const raw = bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes) : bytes
  const decoder = decoderOf(encoding ?? guessEncoding(raw))
  try {
    return decoder.decode(raw)
  } catch {
    if (encoding !== undefined) throw new TenonError('import.encodingWrong', { encoding })
    // A picture or a program, not text in an encoding we do not know.
    throw new TenonError(raw.includes(0) ? 'import.notText' : 'import.encodingUnclear')
  }
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch (cause) {
    throw (cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
      ? new TenonError('file.tooLarge', { max: `${mostBytes / 2 ** 20} MiB` })
      : new TenonError('import.unreadable')
  }
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch {
    throw new TenonError('import.encodingUnknown', { encoding })
  }
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
