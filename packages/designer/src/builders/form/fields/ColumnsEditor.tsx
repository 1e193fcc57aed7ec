import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { columnSchemas, columnTypeNames, columnTypes } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { DropMenu } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../../draft/labels.ts'
import { SortableEntry, SortableList } from '../../../panels/index.ts'
import { ElementPanel } from '../ElementPanel.tsx'
import { changeColumn, hasColumns, moveColumn } from '../edits/columns.ts'
import type { FieldDefinition, Form } from '../edits/form-edit.ts'
import styles from '../form-bench.module.css'
import type { EditForm } from '../use-form.ts'
import { TypeIcon } from './TypeIcon.tsx'
import type { FieldCommands } from './use-commands.ts'

type Props = {
  readonly path: string
  readonly form: Form
  readonly edit: EditForm
  readonly field: FieldDefinition
  /** The column whose properties are open. */
  readonly column: string | undefined
  readonly onChoose: (column: string | undefined) => void
  readonly onRemove: (column: string, name: string) => void
  readonly commands: FieldCommands
}

/** The columns of a sub-table: their order, and what can be said about the chosen one. */
export function ColumnsEditor({ path, form, edit, field, column, onChoose, onRemove, commands }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const id = useId()
  if (!hasColumns(field)) return null
  const columns = field.fields
  const nameOf = (one: object | undefined) => labelOf(one, locale, t('unnamed'))
  const chosen = columns.find((one) => one.id === column)
  return (
    <section className={styles.control} aria-labelledby={id}>
      <span id={id}>{t('columns.title')}</span>
      <SortableList
        keys={columns.map((one) => one.id)}
        onMove={(from, to) => edit(t('did.order'), (before) => moveColumn(before, field.id, from, to))}
      >
        {columns.map((one) => (
          <SortableEntry key={one.id} id={one.id} name={nameOf(one)} className={styles.columnRow}>
            <button
              type="button"
              className={styles.column}
              aria-expanded={one.id === column}
              onClick={() => onChoose(one.id === column ? undefined : one.id)}
            >
              <TypeIcon type={one.type} />
              <span className={styles.columnName}>{nameOf(one)}</span>
              <span className={styles.hint}>{columnTypes[one.type].title[locale]}</span>
            </button>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('removeOf', { name: nameOf(one) })}
              disabled={columns.length === 1}
              onClick={() => onRemove(one.id, nameOf(one))}
            />
          </SortableEntry>
        ))}
      </SortableList>
      {chosen && (
        <section className={styles.columnPanel} aria-label={nameOf(chosen)}>
          <ElementPanel
            key={chosen.id}
            path={path}
            form={form.id}
            rows={field.id}
            schema={columnSchemas[chosen.type]}
            value={chosen as never}
            omit={['id', 'type']}
            onChange={(next, key) =>
              edit(
                t('did.change', { what: t('quoted', { name: nameOf(chosen) }) }),
                (before) => changeColumn(before, field.id, chosen.id, next),
                `fields/${field.id}/fields/${chosen.id} ${key}`,
              )
            }
          />
        </section>
      )}
      <DropMenu
        menu={{
          items: columnTypeNames.map((type) => ({
            key: type,
            icon: <TypeIcon type={type} />,
            label: columnTypes[type].title[locale],
          })),
          onClick: ({ key }) => commands.addColumn(field.id, key, columns.length),
        }}
      >
        <Button size="small" icon={<PlusOutlined />}>
          {t('columns.add')}
        </Button>
      </DropMenu>
    </section>
  )
}
