/** Runs the built product under load, timers and kills: `npm run soak -- --minutes 30 --seed 7 [--database URL]`. */
import { spawnSync } from 'node:child_process'
import { prepare, root } from './prepare.mjs'

prepare()
const args = ['--import', 'tsx', '-C', '@tenon/source', 'tests/crash/soak.ts', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
