/** The server from its sources, restarted on change, and both pages with hot reload in front of it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare({ builds: false })
process.env.TENON_DEMO ??= '1'

const vite = join(root, 'node_modules/vite/bin/vite.js')
const children = [
  [
    '--import',
    'tsx',
    '-C',
    '@tenon/source',
    '--watch',
    '--watch-preserve-output',
    'packages/runtime/src/server/main.ts',
  ],
  [vite, '--config', 'packages/runtime/vite.config.ts', '--port', '5173'],
  [vite, '--config', 'packages/designer/vite.config.ts', '--port', '5174'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }))

const end = (code) => {
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}
for (const child of children) child.on('exit', (code) => end(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0))
