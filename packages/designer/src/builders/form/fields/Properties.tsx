import { behaviourOf, FormTab, fieldSchemas, fieldTypes, Section } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Alert, Button, Segmented, Select } from 'antd'
import { memo, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../../draft/labels.ts'
import { Later } from '../../frame/Later.tsx'
import { ElementPanel } from '../ElementPanel.tsx'
import { hasColumns } from '../edits/columns.ts'
import { type FieldDefinition, type Form, type LayoutSection, withField } from '../edits/form-edit.ts'
import { hasOptions } from '../edits/options.ts'
import { fieldsIn, placeOf, resizeField, unplaced } from '../edits/place-fields.ts'
import { changeSection } from '../edits/sections.ts'
import { changeTab, moveTab, removeTab, tabOf, tabsOf } from '../edits/tabs.ts'
import styles from '../form-bench.module.css'
import type { EditForm } from '../use-form.ts'
import { useNames } from '../use-names.ts'
import { inReadingOrder } from './Canvas.tsx'
import type { FieldSign } from './CanvasField.tsx'
import { ColumnsEditor } from './ColumnsEditor.tsx'
import { OptionsEditor } from './OptionsEditor.tsx'
import { PasteButton } from './PasteButton.tsx'
import { SerialPattern } from './SerialPattern.tsx'
import { TypeIcon } from './TypeIcon.tsx'
import type { FieldCommands } from './use-commands.ts'
import { type Selection, useChosenIds } from './use-selection.ts'

type Props = {
  readonly path: string
  readonly form: Form
  readonly edit: EditForm
  /** Address of what is chosen where it is not a whole field: a section, a tab, a column. */
  readonly inner: string | undefined
  readonly choose: (at: string | undefined) => void
  readonly selection: Selection
  readonly commands: FieldCommands
  readonly sections: {
    readonly add: (behind?: string) => void
    readonly addTab: (section?: string) => void
    readonly move: (id: string, by: number) => void
    readonly remove: (id: string) => void
  }
  readonly signs: ReadonlyMap<string, FieldSign>
  readonly onRemove: (ids: readonly string[]) => void
  readonly onRemoveColumn: (table: string, column: string, name: string) => void
  readonly canvas: RefObject<HTMLElement | null>
}

/** What can be said about the chosen field, fields or section. */
export const Properties = memo(function Properties(props: Props) {
  const { form, selection, inner } = props
  const ids = useChosenIds(selection)
  const [only] = ids
  const field = ids.length === 1 ? form.fields.find(({ id }) => id === only) : undefined
  const section = form.layout?.find((one) => inner?.startsWith('layout/') && inner.split('/')[1] === one.section)
  const tab = tabsOf(form).find(({ id }) => inner === `tabs/${id}`)
  return (
    // Escape leads back to what the properties are of.
    // biome-ignore lint/a11y/noStaticElementInteractions: the controls inside are what has the focus
    <div
      className={styles.properties}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && only !== undefined)
          props.canvas.current?.querySelector<HTMLElement>(`[data-field="${only}"]`)?.focus()
      }}
    >
      {field ? (
        <FieldProperties {...props} field={field} />
      ) : ids.length > 1 ? (
        <ManyProperties {...props} ids={ids} />
      ) : tab ? (
        <TabProperties key={tab.id} {...props} tab={tab} />
      ) : section ? (
        <SectionProperties key={section.section} {...props} section={section} />
      ) : (
        <Nothing commands={props.commands} />
      )}
    </div>
  )
})

function Nothing({ commands }: Pick<Props, 'commands'>) {
  const { t } = useTranslation('formBench')
  const keys = ['arrows', 'many', 'move', 'open', 'copy', 'duplicate', 'delete', 'undo'] as const
  return (
    <div className={styles.panelBody}>
      <h3 className={styles.panelTitle}>{t('nothing.title')}</h3>
      <p className={styles.hint}>{t('nothing.hint')}</p>
      <PasteButton commands={commands} />
      <h4 className={styles.groupName}>{t('nothing.keys')}</h4>
      <dl className={styles.keys}>
        {keys.map((key) => (
          <div key={key}>
            <dt>{t(`nothing.${key}.key`)}</dt>
            <dd>{t(`nothing.${key}.does`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function FieldProperties({ field, ...props }: Props & { readonly field: FieldDefinition }) {
  const { path, form, edit, commands, signs, onRemove } = props
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const type = fieldTypes[field.type]
  const name = labelOf(field, locale, t('unnamed'))
  const sign = signs.get(`fields/${field.id}`)
  const change = (next: object, key: string) =>
    edit(
      t('did.change', { what: t('quoted', { name }) }),
      (before) => withField(before, field.id, () => ({ ...next, id: field.id, type: field.type }) as FieldDefinition),
      `fields/${field.id} ${key}`,
    )
  return (
    <>
      <div className={styles.panelHead}>
        <TypeIcon type={field.type} />
        <h3 className={styles.panelTitle}>{name}</h3>
        <span className={styles.hint}>{type.title[locale]}</span>
      </div>
      {sign && <Alert banner type={sign.severity} title={sign.text} />}
      <div className={styles.panelBody}>
        <ElementPanel
          key={field.id}
          path={path}
          form={form.id}
          schema={fieldSchemas[field.type]}
          value={field as never}
          onChange={change}
          only={onlyLabel}
        />
        <Later of={field.id} className={styles.details}>
          <FieldDetails key={field.id} {...props} field={field} change={change} />
        </Later>
      </div>
      <div className={styles.panelFoot}>
        <Button onClick={() => commands.duplicate([field.id])}>{t('duplicate')}</Button>
        <Button onClick={() => commands.copy([field.id])}>{t('copy')}</Button>
        <PasteButton commands={commands} />
        <Button danger onClick={() => onRemove([field.id])}>
          {t('remove')}
        </Button>
      </div>
    </>
  )
}

const onlyLabel = ['label']

type DetailsProps = Props & {
  readonly field: FieldDefinition
  readonly change: (next: object, key: string) => void
}

/** Everything about a field but its name. */
function FieldDetails({ field, change, ...props }: DetailsProps) {
  const { path, form, edit, commands } = props
  const { t } = useTranslation('formBench')
  const isSerial = fieldTypes[field.type].traits.numbered === true && 'pattern' in field
  return (
    <>
      {hasColumns(field) && (
        <ColumnsEditor
          {...{ path, form, edit, field, commands }}
          column={columnIn(props.inner, field.id)}
          onChoose={(column) =>
            props.choose(column === undefined ? `fields/${field.id}` : `fields/${field.id}/fields/${column}`)
          }
          onRemove={(column, name) => props.onRemoveColumn(field.id, column, name)}
        />
      )}
      {hasOptions(field) && <OptionsEditor path={path} form={form} edit={edit} field={field} />}
      {isSerial && (
        <SerialPattern value={String(field.pattern)} onChange={(pattern) => change({ ...field, pattern }, 'pattern')} />
      )}
      <SpanControl {...props} id={field.id} />
      <ElementPanel
        path={path}
        form={form.id}
        schema={fieldSchemas[field.type]}
        value={field as never}
        onChange={change}
        omit={['id', 'type', 'label', 'options', 'fields', ...(isSerial ? ['pattern'] : []), ...pointless(field)]}
        groups={[
          { title: t('group.rules'), names: ['visibleWhen', 'requiredWhen', 'readOnlyWhen'] },
          { title: t('group.more'), names: ['help', 'placeholder', 'default', 'unique', 'indexed'], folded: true },
        ]}
      />
    </>
  )
}

/** What means nothing for values of this kind; where it stands all the same it can be taken away. */
function pointless(field: FieldDefinition): readonly string[] {
  const behaviour = behaviourOf(field)
  const isList = behaviour.valueType(field, { currency: '' })?.kind === 'list'
  const isFile = behaviour.target?.(field, '')?.kind === 'file'
  return [...(isList ? ['unique', 'indexed'] : []), ...(isFile ? ['default'] : [])].filter((name) => !(name in field))
}

/** The column that an address names: `fields/parts/fields/amount`. */
function columnIn(at: string | undefined, table: string): string | undefined {
  const home = `fields/${table}/fields/`
  return at?.startsWith(home) ? at.slice(home.length).split('/')[0] : undefined
}

function SpanControl({ form, edit, id }: Pick<Props, 'form' | 'edit'> & { readonly id: string }) {
  const { t } = useTranslation('formBench')
  const place = placeOf(form, id)
  const section = form.layout?.find((one) => one.section === place?.section)
  if (!place || !section) return <p className={styles.hint}>{t('span.unplaced')}</p>
  const columns = section.columns ?? 2
  const item = section.items[place.index]
  const span = typeof item === 'object' ? Math.min(item.span ?? 1, columns) : 0
  if (columns === 1) return null
  return (
    <fieldset className={styles.control}>
      <legend>{t('span.title')}</legend>
      <Segmented
        size="small"
        value={span}
        options={[
          { value: 0, label: t('span.auto') },
          ...Array.from({ length: columns }, (_, index) => ({
            value: index + 1,
            label: t('span.columns', { count: index + 1 }),
          })),
        ]}
        onChange={(next) =>
          edit(t('did.resize'), (before) => resizeField(before, id, next === 0 ? undefined : Number(next)))
        }
      />
    </fieldset>
  )
}

function ManyProperties({ form, edit, ids, commands, onRemove, canvas }: Props & { readonly ids: readonly string[] }) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const names = useNames()
  const places = [
    ...(form.layout ?? []).map((section) => ({
      value: section.section,
      label: labelOf(section, locale, t('section.unnamed')),
    })),
    { value: unplaced, label: t('rest.title') },
  ]
  const canBeRequired = form.fields.filter((field) => ids.includes(field.id) && fieldTypes[field.type].traits.entered)
  const require = (required: boolean) =>
    edit(t('did.change', { what: names(form, ids) }), (before) =>
      canBeRequired.reduce(
        (all, { id }) =>
          withField(all, id, (field) => {
            const { required: _, ...rest } = field as FieldDefinition & { required?: boolean }
            return (required ? { ...rest, required } : rest) as FieldDefinition
          }),
        before,
      ),
    )
  return (
    <>
      <div className={styles.panelHead}>
        <h3 className={styles.panelTitle}>{t('many.title', { count: ids.length })}</h3>
      </div>
      <div className={styles.panelBody}>
        <ul className={styles.names}>
          {ids.map((id) => (
            <li key={id}>
              {labelOf(
                form.fields.find((field) => field.id === id),
                locale,
                t('unnamed'),
              )}
            </li>
          ))}
        </ul>
        {form.layout && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the select inside is its control
          <label className={styles.control}>
            <span>{t('many.moveTo')}</span>
            <Select<string>
              placeholder={t('many.choose')}
              options={places}
              value={null}
              onChange={(section) =>
                commands.move(inReadingOrder(canvas.current, ids), { section, index: fieldsIn(form, section).length })
              }
            />
          </label>
        )}
        {canBeRequired.length > 0 && (
          <div className={styles.row}>
            <Button onClick={() => require(true)}>{t('many.required')}</Button>
            <Button onClick={() => require(false)}>{t('many.optional')}</Button>
          </div>
        )}
      </div>
      <div className={styles.panelFoot}>
        <Button onClick={() => commands.duplicate(inReadingOrder(canvas.current, ids))}>{t('duplicate')}</Button>
        <Button onClick={() => commands.copy(inReadingOrder(canvas.current, ids))}>{t('copy')}</Button>
        <Button danger onClick={() => onRemove(ids)}>
          {t('remove')}
        </Button>
      </div>
    </>
  )
}

function SectionProperties({ section, ...props }: Props & { readonly section: LayoutSection }) {
  const { path, form, edit, sections, commands } = props
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const id = section.section
  const at = (form.layout ?? []).findIndex((one) => one.section === id)
  const name = labelOf(section, locale, t('section.unnamed'))
  const columns = section.columns ?? 2
  return (
    <>
      <div className={styles.panelHead}>
        <h3 className={styles.panelTitle}>{t('section.named', { name })}</h3>
      </div>
      <div className={styles.panelBody}>
        <fieldset className={styles.control}>
          <legend>{t('section.columns')}</legend>
          <Segmented
            size="small"
            value={columns}
            options={[1, 2, 3, 4].map((count) => ({ value: count, label: t('span.columns', { count }) }))}
            onChange={(next) =>
              edit(t('did.changeSection', { name }), (before) => changeSection(before, id, { columns: next }))
            }
          />
        </fieldset>
        <ElementPanel
          path={path}
          form={form.id}
          schema={Section}
          value={section as never}
          onChange={(next, key) =>
            edit(
              t('did.changeSection', { name }),
              (before) => changeSection(before, id, { ...clearedOf(section, next), section: id }),
              `layout/${id} ${key}`,
            )
          }
          omit={['section', 'items', 'columns', 'tab']}
        />
        <TabChoice {...{ form, edit, sections, section }} />
        <PasteButton commands={commands} />
      </div>
      <div className={styles.panelFoot}>
        <Button disabled={at <= 0} onClick={() => sections.move(id, -1)}>
          {t('up')}
        </Button>
        <Button disabled={at === (form.layout?.length ?? 0) - 1} onClick={() => sections.move(id, 1)}>
          {t('down')}
        </Button>
        <Button onClick={() => sections.add(id)}>{t('section.addBehind')}</Button>
        <Button danger onClick={() => sections.remove(id)}>
          {t('remove')}
        </Button>
      </div>
    </>
  )
}

const noTab = ''

/** The tab a section stands in, none, or a new one. */
function TabChoice({
  form,
  edit,
  sections,
  section,
}: Pick<Props, 'form' | 'edit' | 'sections'> & { section: LayoutSection }) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const id = section.section
  const name = labelOf(section, locale, t('section.unnamed'))
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the select inside is its control
    <label className={styles.control}>
      <span>{t('tabs.of')}</span>
      <Select<string>
        value={tabOf(form, id) ?? noTab}
        options={[
          { value: noTab, label: t('tabs.none') },
          ...tabsOf(form).map((tab) => ({ value: tab.id, label: labelOf(tab, locale, t('unnamed')) })),
          { value: '+', label: t('tabs.new') },
        ]}
        onChange={(next) => {
          if (next === '+') sections.addTab(id)
          else
            edit(t('did.changeSection', { name }), (before) =>
              changeSection(before, id, { tab: next === noTab ? undefined : next }),
            )
        }}
      />
    </label>
  )
}

function TabProperties({ tab, ...props }: Props & { readonly tab: NonNullable<Form['tabs']>[number] }) {
  const { path, form, edit, choose } = props
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const name = labelOf(tab, locale, t('unnamed'))
  const at = tabsOf(form).indexOf(tab)
  return (
    <>
      <div className={styles.panelHead}>
        <h3 className={styles.panelTitle}>{t('tabs.named', { name })}</h3>
      </div>
      <div className={styles.panelBody}>
        <ElementPanel
          path={path}
          form={form.id}
          schema={FormTab}
          value={tab as never}
          omit={['id']}
          onChange={(next, key) =>
            edit(
              t('did.change', { what: t('quoted', { name }) }),
              (before) => changeTab(before, tab.id, next),
              `tabs/${tab.id} ${key}`,
            )
          }
        />
        <p className={styles.hint}>{t('tabs.hint')}</p>
      </div>
      <div className={styles.panelFoot}>
        <Button disabled={at === 0} onClick={() => edit(t('did.order'), (before) => moveTab(before, tab.id, -1))}>
          {t('tabs.left')}
        </Button>
        <Button
          disabled={at === tabsOf(form).length - 1}
          onClick={() => edit(t('did.order'), (before) => moveTab(before, tab.id, 1))}
        >
          {t('tabs.right')}
        </Button>
        <Button
          danger
          onClick={() => {
            edit(t('did.removeTab'), (before) => removeTab(before, tab.id))
            choose(undefined)
          }}
        >
          {t('remove')}
        </Button>
      </div>
    </>
  )
}

/** What a panel made of a section: properties it took away are undefined. */
const clearedOf = (before: object, next: object) => ({
  ...Object.fromEntries(Object.keys(before).map((key) => [key, undefined])),
  ...next,
})
