/**
 * Prints the JSON Schema of every document an author may write, from the built packages' `documentSchemas` (name →
 * schema). `--check` writes nothing and fails when the committed files say something else.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root, stop, tsc } from './prepare.mjs'

const isCheck = process.argv.includes('--check')
prepare({ builds: false })
if (tsc(['-b', 'packages/engine', 'packages/reports']) !== 0) stop('engine or reports does not compile')

const differences = []
for (const name of ['engine', 'reports']) {
  const { documentSchemas = {} } = await import(`../packages/${name}/dist/index.js`)
  const folder = join(root, 'packages', name, 'schemas')
  const wanted = new Map(
    Object.entries(documentSchemas).map(([key, schema]) => [
      `${key}.schema.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  )
  const present = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.schema.json')) : []
  const changed = [...wanted].filter(
    ([file, text]) => !present.includes(file) || readFileSync(join(folder, file), 'utf8') !== text,
  )
  const leftOver = present.filter((file) => !wanted.has(file))
  differences.push(...changed.map(([file]) => join(name, file)), ...leftOver.map((file) => join(name, file)))
  if (isCheck) continue
  if (wanted.size > 0) mkdirSync(folder, { recursive: true })
  for (const [file, text] of changed) writeFileSync(join(folder, file), text)
  for (const file of leftOver) rmSync(join(folder, file))
}

if (isCheck && differences.length > 0)
  stop(`schemas are not as generated, run npm run generate: ${differences.join(', ')}`)
console.log(differences.length > 0 ? `generated: ${differences.join(', ')}` : 'schemas are as generated')
