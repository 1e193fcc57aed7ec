import type { CliCommand } from '../command.ts'
import { backupCommand } from './backup.ts'
import { diffCommand } from './diff.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { feelCommand } from './feel.ts'
import { importCommand } from './import.ts'
import { pullCommand } from './pull.ts'
import { pushCommand } from './push.ts'
import { queryCommand } from './query.ts'
import { restoreCommand } from './restore.ts'
import { serveCommand, workerCommand } from './serve.ts'
import { testCommand } from './test.ts'
import { tokenCreateCommand } from './token-create.ts'
import { userAddCommand } from './user-add.ts'
import { validateCommand } from './validate.ts'

/** Every command by the words it is called with. */
export const commands: ReadonlyMap<string, CliCommand> = new Map([
  ['serve', serveCommand],
  ['worker', workerCommand],
  ['validate', validateCommand],
  ['test', testCommand],
  ['pull', pullCommand],
  ['push', pushCommand],
  ['diff', diffCommand],
  ['import', importCommand],
  ['export', exportCommand],
  ['query', queryCommand],
  ['feel', feelCommand],
  ['backup', backupCommand],
  ['restore', restoreCommand],
  ['user add', userAddCommand],
  ['token create', tokenCreateCommand],
  ['doctor', doctorCommand],
])
