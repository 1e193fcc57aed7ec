/** What a browser fetches before it shows the first page: scripts and styles that the page names, and what they import at once. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../scripts/prepare.mjs'
import { row } from './support/measure.mjs'

const pages = [
  { name: 'staff app', folder: 'packages/runtime/dist/web', target: 400, moonshot: 300 },
  { name: 'designer', folder: 'packages/designer/dist/app' },
]

const named = /(?:src|href)="(\/[^"]+\.(?:js|css))"/g
const imported = /(?:^|[;}\s])(?:import|export)\s*(?:[^'"();]*?from\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g

/** Gzip kilobytes of the page and of all it loads before anything is asked for. */
function firstLoadKb(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const waiting = [...html.matchAll(named)].map(([, path]) => path.replace(/^\/design(?=\/)/, ''))
  const sizes = new Map([['index.html', gzipSync(html).length]])
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue
    const text = readFileSync(join(folder, path))
    sizes.set(path, gzipSync(text).length)
    if (!path.endsWith('.js')) continue
    for (const [, next] of String(text).matchAll(imported)) waiting.push(join('/', path, '..', next))
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1000
}

export default async () =>
  pages
    .filter(({ folder }) => existsSync(join(root, folder, 'index.html')))
    .map(({ name, folder, ...goals }) =>
      row(`first load of the ${name}, gzip`, firstLoadKb(join(root, folder)), 'kB', { ...goals, lowerIsBetter: true }),
    )
