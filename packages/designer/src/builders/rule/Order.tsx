import { isObject } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import { useCalmDocuments, useDraftSession } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { rulesInOrder, withRuleMoved } from '../../edits/rule-order.ts'
import { SortableEntry, SortableList } from '../../panels/index.ts'
import styles from './rule.module.css'

/** The rules of a form in the order in which they run. */
export function Order({ path, form }: { path: string; form: unknown }) {
  const { t } = useTranslation('rule')
  const { locale } = useUi()
  const session = useDraftSession()
  const documents = useCalmDocuments()
  const paths = rulesInOrder(documents, form)
  return (
    <div className={styles.pane}>
      <p className={styles.hint}>{t('orderHint')}</p>
      <SortableList
        keys={paths}
        onMove={(from, to) => session.edit(t('edits.order'), (all) => withRuleMoved(all, form, from, to))}
      >
        {paths.map((one) => {
          const rule = documents[one]
          const name = labelOf(rule, locale, t('untitled'))
          return (
            <SortableEntry key={one} id={one} name={name} className={styles.ordered}>
              <span data-current={one === path} className={styles.orderedName}>
                {name}
              </span>
              {isObject(rule) && rule.enabled === false && <span className={styles.hint}>{t('off')}</span>}
            </SortableEntry>
          )
        })}
      </SortableList>
    </div>
  )
}
