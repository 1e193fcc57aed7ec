import type { WireConflict } from '@tenon/runtime/contract'
import { client, useReason } from '@tenon/runtime/page'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { Conflicts, type Decisions } from './Conflicts.tsx'

/** The live version is newer than the one the draft was made from: both are brought together first. */
export function RebaseNotice() {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const draft = useDraft()
  const reason = useReason()
  const [conflicts, setConflicts] = useState<readonly WireConflict[]>([])
  const [decisions, setDecisions] = useState<Decisions>({})
  const [failure, setFailure] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const name = session.name === 'main' ? undefined : session.name
  const run = async (dryRun: boolean) => {
    setBusy(true)
    setFailure(undefined)
    try {
      await session.settled()
      const answer = await client.design.rebaseDraft(
        session.app,
        { revision: session.state().revision, decisions, ...(dryRun ? { dryRun } : {}) },
        name,
      )
      setConflicts(answer.conflicts)
      if (!dryRun) await session.refresh()
      else if (answer.conflicts.length === 0) await run(false)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t('rebase.title', { base: draft.baseVersion, live: draft.liveVersion })}
        description={t('rebase.hint')}
        action={
          <Button loading={busy} onClick={() => void run(conflicts.length === 0)}>
            {conflicts.length === 0 ? t('rebase.do') : t('rebase.finish')}
          </Button>
        }
      />
      <Conflicts against="published" conflicts={conflicts} decisions={decisions} onDecide={setDecisions} />
      {failure !== undefined && <Alert type="error" showIcon title={reason(failure)} />}
    </>
  )
}
