import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { prepare, root, stop } from './prepare.mjs'

const args = process.argv.slice(2)
const chosen = args.flatMap((arg, at) =>
  arg.startsWith('--project=') ? [arg.slice(10)] : arg === '--project' ? [args[at + 1] ?? ''] : [],
)
// Projects that drive the built product; all others run from the sources.
const needsBuild = chosen.length === 0 || chosen.some((name) => /^(e2e|system|crash)/.test(name))
const needsBrowser = chosen.length === 0 || chosen.some((name) => name.startsWith('e2e'))

if (needsBrowser) {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = process.env.CHROMIUM
    ? existsSync(process.env.CHROMIUM)
    : (process.env.PATH ?? '').split(delimiter).some((folder) => names.some((name) => existsSync(join(folder, name))))
  if (!found) stop('no Chromium: the browser tests cannot run. Install chromium, or name one in CHROMIUM.')
}

prepare({ builds: needsBuild })

const vitest = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
  cwd: root,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => vitest.kill(signal))
vitest.on('exit', (code) => process.exit(code ?? 1))
