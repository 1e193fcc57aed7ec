import { prepare } from './prepare.mjs'

prepare()
process.env.TENON_DEMO ??= '1'
// In this process, not a child: a child would outlive the SIGTERM that ends npm and keep the port.
const { startProgram } = await import('../packages/runtime/dist/serve/main.js')
startProgram()
