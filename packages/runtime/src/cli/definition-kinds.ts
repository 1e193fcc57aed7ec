import { type DocumentKind, documentKinds } from '@tenon/engine'
import { reportKinds } from '@tenon/reports'

/** Every kind of document an app may have. */
export const definitionKinds: Readonly<Record<string, DocumentKind>> = { ...documentKinds, ...reportKinds }
