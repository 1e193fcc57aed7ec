/** Every guard that needs no test run. All run even after one failed, so that one look shows all there is to mend. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare({ builds: false })

/** A guard that looked at nothing stays green: dependency-cruiser without its own TypeScript 6 sees 0 modules. */
const fewestModules = 100

const bin = (script) => join(root, 'node_modules', script)
const guards = [
  ['biome', [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']],
  ['types', [bin('typescript/bin/tsc'), '-b']],
  [
    'imports',
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'packages', 'tests'],
  ],
  ['unused', [bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints']],
  ['schemas', [join(root, 'scripts/generate.mjs'), '--check']],
]

const failed = []
for (const [name, args] of guards) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  let isGreen = status === 0
  let note = ''
  if (name === 'imports') {
    const modules = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? 0)
    note = `, ${modules} modules`
    if (modules < fewestModules) isGreen = false
  }
  console.log(`${isGreen ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s${note})`)
  if (!isGreen) {
    failed.push(name)
    console.log(`${stdout}${stderr}`)
  }
}
if (failed.length > 0) {
  console.log(`check: ${failed.join(', ')} failed`)
  process.exit(1)
}
