import { DeleteOutlined, DownOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { type Action, actionSchemas, conditionDefs, type SchemaNode } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { freshId } from '../../edits/fresh-id.ts'
import { freshValue } from '../../panels/fresh-value.ts'
import { moved, type PanelScope, SchemaPanel, SortableEntry, SortableList } from '../../panels/index.ts'
import styles from './rule.module.css'
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
    <div className={styles.actions}>
      <SortableList keys={actions.map(({ id }) => id)} onMove={(from, to) => onChange(moved(actions, from, to))}>
        {actions.map((action, at) => {
          const title = actionTitle(action.type, locale)
          const isOpen = open === action.id
          return (
            <SortableEntry key={action.id} id={action.id} name={title} className={styles.card}>
              <div className={styles.cardBody}>
                <button
                  type="button"
                  className={styles.cardHead}
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? undefined : action.id)}
                >
                  {isOpen ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
                  <strong>{title}</strong>
                  <span className={styles.summary}>{tellAction(action, telling)}</span>
                </button>
                {isOpen && (
                  <SchemaPanel
                    schema={schemaOf(action.type)}
                    value={action}
                    onChange={(next) => onChange(actions.with(at, next))}
                    scope={scope}
                  />
                )}
              </div>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('removeAction', { name: title })}
                onClick={() => onChange(actions.toSpliced(at, 1))}
              />
            </SortableEntry>
          )
        })}
      </SortableList>
      {actions.length === 0 && <p className={styles.hint}>{t('noActions')}</p>}
      <Dropdown
        trigger={['click']}
        menu={{
          items: types.map((type) => ({ key: type, label: actionTitle(type, locale), onClick: () => add(type) })),
        }}
      >
        <Button type="dashed" icon={<PlusOutlined aria-hidden />}>
          {t('addAction')}
        </Button>
      </Dropdown>
    </div>
  )
}
