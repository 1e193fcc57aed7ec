import { readFileSync } from 'node:fs'
import { defaultServerConditions, defineConfig } from 'vite'

type Package = { readonly dependencies: Readonly<Record<string, string>> }
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as Package

/** Our own code, and libraries of many small files that are modules throughout. */
const bundled = new Set(['@tenon/engine', '@tenon/reports', 'typebox', 'kysely'])

/**
 * The server in a few files instead of eight hundred: finding and opening them was half of a start. What is loaded only
 * when it is needed stays in files of its own. Other libraries stay where they are installed.
 */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  resolve: { conditions: ['@tenon/source', ...defaultServerConditions] },
  ssr: {
    noExternal: true,
    external: Object.keys(dependencies).filter((name) => !bundled.has(name)),
    resolve: { conditions: ['@tenon/source', ...defaultServerConditions] },
  },
  build: {
    ssr: 'src/server/main.ts',
    // As deep as dist/server, so that addresses relative to a file's own lead to the same places.
    outDir: new URL('dist/serve', import.meta.url).pathname,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    sourcemap: false,
    rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
  },
})
