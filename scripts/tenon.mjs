import { prepare } from './prepare.mjs'

prepare()
await import('../packages/runtime/dist/cli/main.js')
