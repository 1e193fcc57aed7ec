import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AppDefinition } from '@tenon/engine'
import type { AppFile } from '../store/app-files.ts'
import { readFolder } from './read-folder.ts'

/** Folder of a template that comes with the product, from the source tree, the built one and the bundle. */
export function templateFolder(name: string): string {
  const places = ['../../../../', '../../../../../', '../../../../../../'].map((place) =>
    fileURLToPath(new URL(`${place}templates/${name}`, import.meta.url)),
  )
  return places.find((place) => existsSync(place)) ?? places[0] ?? ''
}

/** A template by the name of its folder. */
export type Template = { readonly id: string; readonly definition: AppDefinition; readonly hasSample: boolean }

/** The templates that come with the product, by name. */
export function listTemplates(): readonly Template[] {
  const home = dirname(templateFolder('after-sales'))
  if (!existsSync(home)) return []
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(home, entry.name, 'app.json')))
    .map(({ name }) => ({
      id: name,
      definition: JSON.parse(readFileSync(join(home, name, 'app.json'), 'utf8')) as AppDefinition,
      hasSample: existsSync(join(home, name, 'sample')),
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The files of a template; undefined: there is none of this name. */
export const readTemplate = (id: string): readonly AppFile[] | undefined =>
  listTemplates().some((template) => template.id === id) ? readFolder(templateFolder(id)) : undefined
