import { withoutElement } from '@tenon/engine'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Documents } from '../draft/documents.ts'
import { useDraftSession } from '../draft/draft-context.tsx'
import { retire } from '../edits/retired.ts'
import { RemovalDialog } from './RemovalDialog.tsx'
import { UsageList } from './UsageList.tsx'
import styles from './usages.module.css'
import { useUsages } from './use-usages.ts'

type Props = {
  /** `forms/ticket.json/fields/priority`, or a whole definition. */
  readonly address: string
  readonly label: string
  /** The app without it and what goes with it; absent: without it and, if wanted, its mere mentions. */
  readonly take?: (documents: Documents) => Documents
  readonly onClose: () => void
  readonly onRemoved?: () => void
}

/**
 * Takes an element out of the draft: says who refers to it and what would break, and offers to take out with it the
 * mentions that can simply go. What is live stays until the draft is published.
 */
export function RemoveElement({ address, label, take, onClose, onRemoved }: Props) {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  // Asked once: the app without it, as it was when the question came up.
  const [taken] = useState(() => take)
  const used = useUsages(address, taken)
  const loose = take ? [] : (used?.usages.filter(({ how }) => how === 'entry' || how === 'key') ?? [])
  const [tidy, setTidy] = useState(true)
  const remove = () => {
    session.edit(t('removed', { name: label }), (documents) =>
      take ? take(documents) : retire(withoutElement(documents, address, tidy ? loose : []) as Documents, [address]),
    )
    onClose()
    onRemoved?.()
  }
  return (
    <RemovalDialog
      title={t('removeTitle', { name: label })}
      gone={[address]}
      breaks={(tidy ? used?.tidied : used?.breaks) ?? []}
      onRemove={remove}
      onClose={onClose}
    >
      {used && used.usages.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('usages.count', { count: used.usages.length })}</h3>
          <UsageList lines={used.usages} label={t('usages.title')} onLeave={onClose} />
        </section>
      )}
      {loose.length > 0 && (
        <Checkbox checked={tidy} onChange={(event) => setTidy(event.target.checked)}>
          {t('usages.tidy', { count: loose.length })}
        </Checkbox>
      )}
    </RemovalDialog>
  )
}
