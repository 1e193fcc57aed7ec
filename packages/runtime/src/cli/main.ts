#!/usr/bin/env node
import { run } from './run.ts'
import { createTerminal } from './terminal.ts'

// npm changes into the package's folder; people mean paths relative to where they typed.
const terminal = createTerminal(process.env, process.env.INIT_CWD ?? process.cwd())
process.exitCode = await run(process.argv.slice(2), terminal)
