import { PlusOutlined } from '@ant-design/icons'
import { type Action, actionSchemas, conditionDefs, type SchemaNode } from '@tenon/engine'
import { DropMenu, useUi } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { freshId } from '../../edits/fresh-id.ts'
import { freshValue } from '../../panels/fresh-value.ts'
import { type PanelScope, SchemaPanel } from '../../panels/index.ts'
import { CardList, copiedEntry } from '../frame/CardList.tsx'
import { actionTitle, tellAction } from './rule-words.ts'
import { useRuleTelling } from './use-rule-telling.ts'

type Props = {
  readonly actions: readonly Action[]
  readonly onChange: (next: readonly Action[]) => void
  readonly scope: PanelScope
}
const types = Object.keys(actionSchemas) as Action['type'][]
const schemaOf = (type: Action['type']) => ({ ...actionSchemas[type], $defs: conditionDefs }) as unknown as SchemaNode

/** What the rule does, card by card, from the top. */
export function Actions({ actions, onChange, scope }: Props) {
  const { t } = useTranslation('rule')
  const { locale } = useUi()
  const telling = useRuleTelling(scope)
  const [open, setOpen] = useState<string>()
  const add = (type: Action['type']) => {
    const isTaken = (id: string) => actions.some((one) => one.id === id)
    const fresh = {
      ...(freshValue(schemaOf(type), schemaOf(type), type, isTaken) as object),
      id: freshId('', type, isTaken),
    } as Action
    onChange([...actions, fresh])
    setOpen(fresh.id)
  }
  return (
    <CardList
      items={actions}
      keyOf={({ id }) => id}
      nameOf={({ type }) => actionTitle(type, locale)}
      lineOf={(action) => tellAction(action, telling)}
      onChange={onChange}
      copyOf={(action) => copiedEntry(action, actions)}
      open={open}
      onOpen={setOpen}
      empty={t('noActions')}
      add={
        <DropMenu
          menu={{
            items: types.map((type) => ({ key: type, label: actionTitle(type, locale), onClick: () => add(type) })),
          }}
        >
          <Button type="dashed" icon={<PlusOutlined aria-hidden />}>
            {t('addAction')}
          </Button>
        </DropMenu>
      }
    >
      {(action, at) => (
        <SchemaPanel
          schema={schemaOf(action.type)}
          value={action}
          onChange={(next) => onChange(actions.with(at, next))}
          scope={scope}
        />
      )}
    </CardList>
  )
}
