import { type MergeConflict, placeTeller } from '@tenon/engine'
import { usePreferences, useReason } from '@tenon/runtime/page'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { kinds } from '../builders/kinds.ts'
import { useCalmDocuments, useDraftPart, useDraftSession } from '../draft/draft-context.tsx'
import { withTheirs } from '../edits/take-theirs.ts'
import styles from './workshop.module.css'

/** What must not pass unseen: an edit that was refused, and what somebody else changed at the same time. */
export function DraftNotices() {
  const { t } = useTranslation('designer')
  const reason = useReason()
  const session = useDraftSession()
  const refusal = useDraftPart((state) => state.refusal)
  const conflicts = useDraftPart((state) => state.conflicts)
  const othersStep = useDraftPart((state) => state.othersStep)
  return (
    <>
      {refusal && (
        <Alert
          banner
          type="error"
          title={t('refused', { reason: reason(refusal) })}
          closable={{ onClose: () => session.forgiveRefusal() }}
        />
      )}
      {othersStep && (
        <Alert
          banner
          type="warning"
          title={reason(othersStep.reason)}
          action={
            <span className={styles.choices}>
              <Button size="small" onClick={() => session.forgetOthersStep()}>
                {t('cancel')}
              </Button>
              <Button size="small" onClick={() => void session.stepAllTheSame(othersStep.direction)}>
                {t(othersStep.direction)}
              </Button>
            </span>
          }
        />
      )}
      {conflicts.map((conflict) => (
        <ConflictNotice key={conflict.address} conflict={conflict} />
      ))}
    </>
  )
}

function ConflictNotice({ conflict }: { conflict: MergeConflict }) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const documents = useCalmDocuments()
  const teller = placeTeller(documents, kinds, locale)
  const { where, property } = teller.place(conflict.path)
  const name = property === '' ? where : `${where} › ${property}`
  const shown = (value: unknown) =>
    value === undefined ? t('conflict.gone') : teller.value(value, conflict.path) || t('conflict.changed')
  const takeTheirs = () => {
    session.edit(t('conflict.label', { name }), (all) => withTheirs(all, conflict))
    session.settleConflict(conflict.address)
  }
  return (
    <Alert
      banner
      type="warning"
      title={t('conflict.both', { name })}
      description={
        conflict.about === 'value' &&
        t('conflict.sides', { mine: shown(conflict.mine), theirs: shown(conflict.theirs) })
      }
      action={
        <span className={styles.choices}>
          <Button size="small" onClick={() => session.settleConflict(conflict.address)}>
            {t('conflict.keepMine')}
          </Button>
          <Button size="small" onClick={takeTheirs}>
            {t('conflict.takeTheirs')}
          </Button>
        </span>
      }
    />
  )
}
