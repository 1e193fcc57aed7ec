import { isObject, Role } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import type { ListElement } from '../../edits/elements.ts'
import { withoutRole } from '../../edits/roles.ts'
import { ElementsEditor } from '../elements/ElementsEditor.tsx'

/** The roles of the app. One that goes takes its rights and menu entries along; whatever else names it is a problem told. */
export function RolesTab({ path }: { readonly path: string }) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const nameOf = (role: ListElement) => labelOf(role, locale, t('roles.unnamed'))
  const rights = ({ can }: ListElement) =>
    Array.isArray(can) ? can.map((right) => t(`roles.can.${String(right)}`)).join(t('access.comma')) : ''
  return (
    <ElementsEditor
      path={path}
      list="roles"
      schema={Role}
      form={undefined}
      what={t('roles.role')}
      hint={t('roles.hint')}
      nameOf={nameOf}
      lineOf={(role) =>
        rights(role) || (isObject(role.description) ? labelOf({ label: role.description }, locale) : '')
      }
      fresh={{ stem: 'role', rest: { label: { 'zh-CN': '新角色', en: 'New role' } } }}
      take={(documents, role) => withoutRole(documents, role.id)}
    />
  )
}
