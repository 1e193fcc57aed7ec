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
          testTimeout: 20_000,
        },
      },
      {
        ...resolution,
        test: {
          name: 'unit:node',
          include: ['packages/*/src/**/*.test.ts', 'tests/support/**/*.test.ts'],
          exclude: ['packages/engine/**', '**/node_modules/**', '**/dist/**'],
          testTimeout: 20_000,
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
          testTimeout: 20_000,
        },
      },
      {
        ...resolution,
        test: { name: 'db', include: ['packages/runtime/test/**/*.test.ts'], ...withDatabases },
      },
      {
        ...resolution,
        test: {
          name: 'system',
          include: ['tests/{scenarios,conformance,security,crash}/**/*.test.ts'],
          ...withDatabases,
        },
      },
      {
        ...resolution,
        test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...withDatabases },
      },
    ],
  },
})
