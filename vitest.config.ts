import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// Vitest hands these on to Node's own require: with `import` or `module` among them pg dies with
// "Class extends value [object Module]".
const conditions = [
  '@tenon/source',
  ...defaultServerConditions.filter((name) => name !== 'module' && name !== 'import'),
]
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } } }

// Browser stories and killed processes have the machine to themselves: what they wait for must not wait for other tests.
const cores = availableParallelism()
const together = { maxWorkers: Math.max(2, cores - 1), sequence: { groupOrder: 0 } }
const alone = { maxWorkers: Math.max(1, Math.floor(cores / 2)), sequence: { groupOrder: 1 } }

const slow = { testTimeout: 60_000, hookTimeout: 120_000 }
const withDatabases = { globalSetup: ['./tests/support/databases.setup.ts'], ...slow }

export default defineConfig({
  ...resolution,
  test: {
    reporters: ['default', './scripts/last-line-reporter.mjs'],
    projects: [
      {
        ...resolution,
        test: {
          name: 'unit:engine',
          include: ['packages/engine/src/**/*.test.ts'],
          setupFiles: ['./tests/support/purity.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...together,
        },
      },
      {
        ...resolution,
        test: {
          name: 'unit:node',
          include: ['packages/*/src/**/*.test.ts', 'tests/support/**/*.test.ts'],
          exclude: ['packages/engine/**', '**/node_modules/**', '**/dist/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...together,
        },
      },
      {
        ...resolution,
        plugins: [react()],
        test: {
          name: 'unit:dom',
          include: ['packages/*/src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['./tests/support/dom.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...together,
        },
      },
      {
        ...resolution,
        test: { name: 'db', include: ['packages/runtime/test/**/*.test.ts'], ...withDatabases, ...together },
      },
      {
        ...resolution,
        test: {
          name: 'system',
          include: ['tests/{scenarios,conformance,security}/**/*.test.ts'],
          ...withDatabases,
          ...together,
        },
      },
      {
        ...resolution,
        test: { name: 'crash', include: ['tests/crash/**/*.test.ts'], ...withDatabases, ...alone },
      },
      {
        ...resolution,
        // Told again before it fails: on a busy machine a page can miss its time. What is broken fails twice.
        test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], retry: 1, ...withDatabases, ...alone },
      },
    ],
  },
})
