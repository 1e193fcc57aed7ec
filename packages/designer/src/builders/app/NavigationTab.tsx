import { isObject, NavigationItem, resolveText, type TextValue } from '@tenon/engine'
import { NamedIcon, usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { useDraftPart } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import type { ListElement } from '../../edits/elements.ts'
import { ElementsEditor } from '../elements/ElementsEditor.tsx'

/** The menu of the app: entries in order, each opening a page, the records of a form, or a board. */
export function NavigationTab({ path }: { readonly path: string }) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const documents = useDraftPart((state) => state.documents)
  const targetOf = ({ page, form, board }: ListElement): string => {
    if (typeof form === 'string') return labelOf(documents[`forms/${form}.json`], locale, form)
    if (typeof board === 'string') return labelOf(documents[`boards/${board}.json`], locale, board)
    return typeof page === 'string' ? t(`navigation.page.${page}`) : t('navigation.nowhere')
  }
  const groupOf = ({ group }: ListElement): string =>
    typeof group === 'string' || isObject(group) ? resolveText(group as TextValue, locale) : ''
  return (
    <ElementsEditor
      path={path}
      list="navigation"
      schema={NavigationItem}
      form={undefined}
      what={t('navigation.entry')}
      hint={t('navigation.hint')}
      nameOf={(item) => labelOf(item, locale, targetOf(item))}
      lineOf={(item) => [groupOf(item), targetOf(item)].filter((part) => part !== '').join(' › ')}
      iconOf={({ icon, form, board }) => (
        <NamedIcon name={typeof icon === 'string' ? icon : undefined} kind={form ? 'form' : board ? 'board' : 'page'} />
      )}
      fresh={{ stem: 'entry', rest: { page: 'workbench' } }}
    />
  )
}
