import { type Breakage, type Locale, renderProblem, valueAt } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Documents } from '../draft/documents.ts'
import { useCalmDocuments } from '../draft/draft-context.tsx'
import { labelOf } from '../draft/labels.ts'
import { placeName } from '../draft/place-name.ts'
import { splitAddress } from './here.ts'
import { UsageList } from './UsageList.tsx'
import styles from './usages.module.css'

type Props = {
  readonly title: string
  readonly breaks: readonly Breakage[]
  /** Addresses of what is to go: problems speak of it by its name. */
  readonly gone: readonly string[]
  readonly onRemove: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks before something is taken out of the draft: what would break, each with the way there. */
export function RemovalDialog({ title, breaks, gone, onRemove, onClose, children }: Props) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const documents = useCalmDocuments()
  const names = new Map(gone.map((address) => nameIn(documents, address, locale)))
  return (
    <Dialog
      title={title}
      width={560}
      okText={t(breaks.length > 0 ? 'removeAnyway' : 'remove')}
      okButtonProps={{ danger: true }}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={onRemove}
    >
      <div className={styles.body}>
        <p>{t('removeHint')}</p>
        {children}
        {breaks.length > 0 && (
          <section>
            <Alert type="warning" showIcon title={t('usages.breaks', { count: breaks.length })} />
            <UsageList
              lines={breaks.map(({ address, file, element, problem }) => ({
                address,
                file,
                pointer: problem.path.slice(file.length + 1),
                text: `${placeName(documents, splitAddress(element), locale)}: ${told(problem, names, locale)}`,
              }))}
              label={t('usages.breaks', { count: breaks.length })}
              onLeave={onClose}
            />
          </section>
        )}
      </div>
    </Dialog>
  )
}

/** The id of an element and what people call it. */
function nameIn(documents: Documents, address: string, locale: Locale): readonly [id: string, name: string] {
  const { file, at } = splitAddress(address)
  const parts = at?.split('/') ?? []
  const id = parts.at(-1) ?? file.slice(file.lastIndexOf('/') + 1, -'.json'.length)
  return [id, labelOf(valueAt(documents[file], parts), locale, id)]
}

/** Without the element a problem knows its id only; here it still has a name. */
function told({ code, details }: Breakage['problem'], names: ReadonlyMap<string, string>, locale: Locale): string {
  const named = Object.entries(details ?? {}).map(([key, value]) => [key, names.get(String(value)) ?? value])
  return renderProblem({ code, details: Object.fromEntries(named) }, locale)
}
