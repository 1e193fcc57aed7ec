import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileName = 'vault-key'
const cipher = 'aes-256-gcm'

/** Seals what must not be read out of the database. `about` is sealed in: what is sealed for one thing opens for no other. */
export type Vault = {
  seal(text: string, about: string): string
  /** Undefined: another key, another thing, or tampered with. */
  open(sealed: string, about: string): string | undefined
}

/** The vault whose key lies in the data folder, made at first use, readable by the owner only: no row holds it. */
export function openVault(dataFolder: string): Vault {
  const path = join(dataFolder, fileName)
  const key = () => {
    if (!existsSync(path)) {
      mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
      writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 })
    }
    chmodSync(path, 0o600)
    return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url')
  }
  return {
    seal(text, about) {
      const nonce = randomBytes(12)
      const sealing = createCipheriv(cipher, key(), nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
      return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url')
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url')
      try {
        const opening = createDecipheriv(cipher, key(), bytes.subarray(0, 12)).setAAD(Buffer.from(about))
        opening.setAuthTag(bytes.subarray(12, 28))
        return Buffer.concat([opening.update(bytes.subarray(28)), opening.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
