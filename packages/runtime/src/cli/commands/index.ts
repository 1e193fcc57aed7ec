import type { CliCommand } from '../command.ts'

/** Every command by the words it is called with; loaded only when it is called, so that small ones start quickly. */
export const commands: ReadonlyMap<string, () => Promise<CliCommand>> = new Map<string, () => Promise<CliCommand>>([
  ['serve', async () => (await import('./serve.ts')).serveCommand],
  ['worker', async () => (await import('./serve.ts')).workerCommand],
  ['validate', async () => (await import('./validate.ts')).validateCommand],
  ['test', async () => (await import('./test.ts')).testCommand],
  ['pull', async () => (await import('./pull.ts')).pullCommand],
  ['push', async () => (await import('./push.ts')).pushCommand],
  ['diff', async () => (await import('./diff.ts')).diffCommand],
  ['import', async () => (await import('./import.ts')).importCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['install', async () => (await import('./install.ts')).installCommand],
  ['query', async () => (await import('./query.ts')).queryCommand],
  ['replay', async () => (await import('./replay.ts')).replayCommand],
  ['feel', async () => (await import('./feel.ts')).feelCommand],
  ['bpmn-run', async () => (await import('./bpmn-run.ts')).bpmnRunCommand],
  ['backup', async () => (await import('./backup.ts')).backupCommand],
  ['restore', async () => (await import('./restore.ts')).restoreCommand],
  ['user add', async () => (await import('./user-add.ts')).userAddCommand],
  ['token create', async () => (await import('./token-create.ts')).tokenCreateCommand],
  ['doctor', async () => (await import('./doctor.ts')).doctorCommand],
])
