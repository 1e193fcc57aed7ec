/**
 * Brings a clone to the state where it can run: installed packages as the lockfile says, then built outputs as new as
 * the sources. Does nothing when nothing changed. Only Node's own modules: it runs before any other is there.
 * Everything it prints goes to stderr, because commands after it own stdout.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../', import.meta.url))
const minimum = [20, 19]

const say = (text) => process.stderr.write(`tenon: ${text}\n`)

/** Ends the process with one clear line: a stack of this script helps nobody. */
export function stop(text) {
  say(text)
  process.exit(1)
}

function run(command, args, env = {}) {
  return spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  }).status
}

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)))

/** Starts a program of node_modules by its script, so that no shell and no .bin folder is between us and it. */
export function tool(script, args, env) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], env)
}
export const tsc = (args) => tool('typescript/bin/tsc', args)

function install() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const stamp = join(root, 'node_modules/.tenon-install')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(`${process.version} ${process.platform} ${process.arch}`)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return

  say('installing packages (the first time takes a minute or two) …')
  // npm run --silent would silence the install too, and with it the reason why it failed.
  const env = { CI: 'true', npm_config_loglevel: 'notice' }
  // node-gyp would download headers that usually lie beside the node program already.
  const nodeFolder = dirname(dirname(realpathSync(process.execPath)))
  if (existsSync(join(nodeFolder, 'include/node/node.h'))) env.npm_config_nodedir = nodeFolder
  const started = process.env.npm_execpath
  const pnpm = /pnpm[^/\\]*\.c?js$/.test(started ?? '')
    ? [process.execPath, started]
    : [process.platform === 'win32' ? 'npx.cmd' : 'npx', '--yes', packageManager]
  const status = run(pnpm[0], [...pnpm.slice(1), 'install', '--frozen-lockfile'], env)
  if (status !== 0) {
    const missing = ['g++', 'make', 'python3'].filter((name) => !onPath(name))
    if (missing.length > 0 && process.platform !== 'win32') {
      stop(
        `the install failed and ${missing.join(', ')} is missing: better-sqlite3 needs g++, make and python3 to compile`,
      )
    }
    stop('the install failed, see the lines above')
  }
  writeFileSync(stamp, wanted)
}

const outputs = [
  'packages/runtime/dist/serve/main.js',
  'packages/runtime/dist/server/main.js',
  'packages/runtime/dist/cli/main.js',
  'packages/runtime/dist/web/index.html',
  'packages/designer/dist/app/index.html',
]

/** Names, sizes and times of all that is built from; a checkout that goes back in time changes it too. */
function sourcesFingerprint() {
  const hash = createHash('sha256').update(process.version)
  const add = (path) => {
    const { mtimeMs, size } = statSync(join(root, path))
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  for (const name of ['pnpm-lock.yaml', 'tsconfig.base.json', 'tsconfig.web.json']) add(name)
  for (const name of readdirSync(join(root, 'packages')).sort()) {
    const folder = join('packages', name)
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.isFile()) add(join(folder, entry.name))
    }
    for (const part of ['src', 'public']) {
      if (!existsSync(join(root, folder, part))) continue
      for (const file of readdirSync(join(root, folder, part), { recursive: true }).sort()) {
        const path = join(folder, part, file)
        if (!/\.test\.tsx?$/.test(path) && statSync(join(root, path)).isFile()) add(path)
      }
    }
  }
  return hash.digest('hex')
}

function build() {
  const stamp = join(root, 'node_modules/.tenon-build')
  const wanted = sourcesFingerprint()
  const isBuilt = outputs.every((path) => existsSync(join(root, path)))
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return

  say('building …')
  if (!isBuilt) {
    // tsc trusts its own notes: with the outputs gone and the notes left it would build nothing.
    if (tsc(['-b', 'packages/runtime/tsconfig.server.json', '--force']) !== 0) stop('the server does not compile')
  } else if (tsc(['-b', 'packages/runtime/tsconfig.server.json']) !== 0) stop('the server does not compile')
  for (const config of ['runtime/vite.server.config.ts', 'runtime/vite.config.ts', 'designer/vite.config.ts']) {
    const status = tool('vite/bin/vite.js', ['build', '--config', `packages/${config}`, '--logLevel', 'warn'])
    if (status !== 0) stop(`packages/${config} does not build`)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

export function prepare({ builds = true } = {}) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
    stop(`Node ${minimum.join('.')} or newer is needed, this is ${process.version}`)
  }
  install()
  if (builds) build()
}
