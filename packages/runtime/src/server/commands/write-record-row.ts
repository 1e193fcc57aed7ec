import type { RecordChange } from '@tenon/engine'
import type { Tx } from '../store/database.ts'
import type { FormStorage } from '../store/form-storage.ts'
import type { Memory } from '../store/live-memory.ts'
import { deleteRecord, insertRecord, updateRecord } from '../store/rows/records.ts'
import { TryAgain } from '../store/try-again.ts'

/** Writes one record's row as a change has it. */
export async function writeRecordRow(tx: Tx, memory: Memory, change: RecordChange): Promise<void> {
  const ref = change.kind === 'delete' ? change.before : change.row
  const storage = memory.apps.storage(ref.app, ref.form)
  if (!storage) throw new Error(`there is no table for ${ref.app}/${ref.form}`)
  // Read without a lock and changed by somebody since: what was decided no longer holds.
  if (!(await written(tx, storage, change))) throw new TryAgain(`${storage.table} ${ref.id} has changed meanwhile`)
}

async function written(tx: Tx, storage: FormStorage, change: RecordChange): Promise<boolean> {
  if (change.kind === 'update') return updateRecord(tx, storage, change.row, change.before.version)
  if (change.kind === 'delete') return deleteRecord(tx, storage, change.before, change.before.version)
  await insertRecord(tx, storage, change.row)
  return true
}
