import { DeleteOutlined, PlusOutlined, StopOutlined, UndoOutlined } from '@ant-design/icons'
import { type Locale, resolveText, type TextValue, type Tone, tones } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { TonePill } from '@tenon/runtime/ui'
import { Button, Input, Select, Tooltip } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../../draft/draft-context.tsx'
import { isRetiredIn } from '../../../edits/retired.ts'
import { SortableEntry, SortableList } from '../../../panels/index.ts'
import type { FieldDefinition, Form } from '../edits/form-edit.ts'
import {
  addOption,
  type FieldOption,
  hasOptions,
  moveOption,
  nameOption,
  paintOption,
  removeOption,
  retireOption,
} from '../edits/options.ts'
import styles from '../form-bench.module.css'
import type { EditForm } from '../use-form.ts'
import { useIsLive } from '../use-is-live.ts'

type Props = {
  readonly path: string
  readonly form: Form
  readonly edit: EditForm
  readonly field: FieldDefinition
}

/** A text said anew in one language; what it says in others stays. */
const inLocale = (before: TextValue, locale: Locale, text: string): TextValue =>
  typeof before === 'string'
    ? locale === 'zh-CN'
      ? text
      : { 'zh-CN': before, [locale]: text }
    : { ...before, [locale]: text }

/** The values to choose from: name, colour, order. What records may have is put out of use instead of being deleted. */
export function OptionsEditor({ path, edit, field }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const session = useDraftSession()
  const isLive = useIsLive()
  const [fresh, setFresh] = useState('')
  const id = useId()
  if (!hasOptions(field)) return null
  const options = field.options
  const home = `${path.slice(0, -'.json'.length)}/fields/${field.id}/options`
  const change = (label: string, next: (form: Form) => Form, key?: string) => edit(label, next, key)
  const add = () => {
    const text = fresh.trim()
    if (text === '') return
    const isRetired = isRetiredIn(session.state().documents, path, `fields/${field.id}/options`)
    const label: TextValue = { 'zh-CN': text, ...(locale === 'zh-CN' ? {} : { [locale]: text }) }
    change(t('did.addOption', { name: text }), (before) => addOption(before, field.id, label, isRetired))
    setFresh('')
  }
  return (
    <div className={styles.control}>
      <span id={id}>{t('options.title')}</span>
      <SortableList
        keys={options.map((option) => option.id)}
        onMove={(from, to) =>
          change(t('did.moveOption'), (before) => moveOption(before, field.id, options[from]?.id ?? '', to))
        }
      >
        <ul className={styles.options} aria-labelledby={id}>
          {options.map((option) => (
            <OptionRow
              key={option.id}
              option={option}
              isLive={isLive(`${home}/${option.id}`)}
              onName={(text) =>
                change(
                  t('did.nameOption'),
                  (before) => nameOption(before, field.id, option.id, inLocale(option.label, locale, text)),
                  `option ${field.id} ${option.id}`,
                )
              }
              onPaint={(tone) =>
                change(t('did.paintOption'), (before) => paintOption(before, field.id, option.id, tone))
              }
              onRetire={(retired) =>
                change(t(retired ? 'did.retireOption' : 'did.reviveOption'), (before) =>
                  retireOption(before, field.id, option.id, retired),
                )
              }
              onRemove={() => change(t('did.removeOption'), (before) => removeOption(before, field.id, option.id))}
            />
          ))}
        </ul>
      </SortableList>
      <div className={styles.freshOption}>
        <Input
          size="small"
          value={fresh}
          placeholder={t('options.new')}
          aria-label={t('options.new')}
          onChange={(event) => setFresh(event.target.value)}
          onPressEnter={add}
        />
        <Button size="small" icon={<PlusOutlined />} aria-label={t('options.add')} onClick={add} />
      </div>
    </div>
  )
}

type RowProps = {
  readonly option: FieldOption
  readonly isLive: boolean
  readonly onName: (text: string) => void
  readonly onPaint: (tone: Tone | undefined) => void
  readonly onRetire: (retired: boolean) => void
  readonly onRemove: () => void
}

function OptionRow({ option, isLive, onName, onPaint, onRetire, onRemove }: RowProps) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const name = resolveText(option.label, locale)
  return (
    <SortableEntry as="li" id={option.id} name={name} className={styles.option} data-retired={option.retired === true}>
      <Input
        size="small"
        value={name}
        aria-label={t('options.name', { name })}
        onChange={(event) => onName(event.target.value)}
      />
      <Select<Tone | ''>
        size="small"
        className={styles.tone ?? ''}
        aria-label={t('options.tone', { name })}
        value={option.tone ?? ''}
        popupMatchSelectWidth={false}
        onChange={(tone) => onPaint(tone === '' ? undefined : tone)}
        options={[
          { value: '' as const, label: t('tone.none') },
          ...tones.map((tone) => ({ value: tone, label: <TonePill tone={tone}>{t(`tone.${tone}`)}</TonePill> })),
        ]}
      />
      {isLive ? (
        <Tooltip title={t(option.retired ? 'options.revive' : 'options.retire')}>
          <Button
            type="text"
            size="small"
            icon={option.retired ? <UndoOutlined /> : <StopOutlined />}
            aria-label={t(option.retired ? 'options.reviveOf' : 'options.retireOf', { name })}
            onClick={() => onRetire(!option.retired)}
          />
        </Tooltip>
      ) : (
        <Tooltip title={t('remove')}>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('options.removeOf', { name })}
            onClick={onRemove}
          />
        </Tooltip>
      )}
    </SortableEntry>
  )
}
