import { type FormModel, fieldLabel, fieldOptions } from '@tenon/engine'
import { Alert, Button, Checkbox, Input, Select } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportInspection } from '../../../contract/index.ts'
import { useUi } from '../../../ui/environment.tsx'
import styles from './import.module.css'
import { amend, assign, type Mapping, mappingGaps, readMapping, sourceOf, targetsOf } from './mapping.ts'

type Props = {
  readonly form: FormModel
  readonly file: string
  readonly found: ImportInspection
  readonly mapping: Mapping
  readonly onChange: (mapping: Mapping) => void
  readonly onBack: () => void
  readonly onNext: () => void
}

/** Which column goes to which field; a mapping file of an earlier import can be used instead. */
export function MappingStep({ form, file, found, mapping, onChange, onBack, onNext }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const input = useRef<HTMLInputElement>(null)
  const label = (id: string) => {
    const field = form.fields.get(id)
    return field ? fieldLabel(field, locale) : id
  }
  const targets = targetsOf(form).map((id) => ({ value: id, label: label(id) }))
  const { twice, missing } = mappingGaps(mapping, form)
  const names = (fields: readonly string[]) => fields.map(label).join(locale === 'en' ? ', ' : '、')
  const unique = form.definition.fields.filter((field) => 'unique' in field && field.unique).map(({ id }) => id)
  const load = async (chosen: File | undefined) => {
    if (!chosen) return
    try {
      const read = readMapping(JSON.parse(await chosen.text()))
      if (read) onChange(read)
    } catch {
      // No mapping file: the table below stays as it is.
    }
  }
  const download = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([`${JSON.stringify(mapping, null, 2)}\n`], { type: 'application/json' }))
    link.download = 'mapping.json'
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <>
      <div className={styles.bar}>
        <strong>{file}</strong>
        <span className={styles.hint}>{t('import.rows', { count: found.rows })}</span>
        <span className={styles.gap} />
        <input
          ref={input}
          type="file"
          accept=".json"
          className="visually-hidden"
          aria-label={t('import.useMapping')}
          onChange={(event) => void load(event.target.files?.[0])}
        />
        <Button size="small" onClick={() => input.current?.click()}>
          {t('import.useMapping')}
        </Button>
        <Button size="small" onClick={download}>
          {t('import.keepMapping')}
        </Button>
      </div>
      {mapping.history && <Alert type="info" showIcon className={styles.alert ?? ''} title={t('import.asHistory')} />}
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('import.column')}</th>
              <th>{t('import.samples')}</th>
              <th>{t('import.target')}</th>
              <th>{t('import.how')}</th>
            </tr>
          </thead>
          <tbody>
            {found.columns.map((column) => {
              const source = sourceOf(mapping, column.name)
              const field = source && form.fields.get(source.field)
              const timed = field?.value.kind === 'instant' || field?.value.kind === 'date'
              const makes =
                field &&
                (field.target?.kind === 'record' ||
                  field.target?.kind === 'department' ||
                  fieldOptions(field, form).length > 0)
              return (
                <tr key={column.name}>
                  <td className={styles.columnName}>{column.name}</td>
                  <td className={styles.samples}>{column.samples.slice(0, 3).join(' · ')}</td>
                  <td>
                    <Select
                      allowClear
                      showSearch={{ optionFilterProp: 'label' }}
                      aria-label={t('import.targetOf', { column: column.name })}
                      style={{ width: '100%', minWidth: 160 }}
                      value={source?.field ?? null}
                      placeholder={t('import.skip')}
                      options={targets}
                      onChange={(next) => onChange(assign(mapping, column.name, next ?? null))}
                    />
                  </td>
                  <td>
                    {timed && (
                      <Input
                        size="small"
                        aria-label={t('import.dateFormatOf', { column: column.name })}
                        placeholder={t('import.dateFormat')}
                        value={source?.date ?? ''}
                        onChange={(event) => onChange(amend(mapping, column.name, { date: event.target.value }))}
                      />
                    )}
                    {makes && (
                      <Checkbox
                        checked={source?.create === true}
                        onChange={(event) =>
                          onChange(
                            amend(
                              mapping,
                              column.name,
                              event.target.checked ? { create: true } : ({ create: undefined } as never),
                            ),
                          )
                        }
                      >
                        {t('import.createMissing')}
                      </Checkbox>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className={styles.options}>
        <label className={styles.option} htmlFor="import-zone">
          {t('import.zone')}
          <Select
            id="import-zone"
            showSearch
            style={{ width: 220 }}
            value={mapping.zone ?? null}
            allowClear
            placeholder={t('import.zoneOfApp')}
            options={Intl.supportedValuesOf('timeZone')
              .concat('UTC')
              .map((zone) => ({ value: zone, label: zone }))}
            onChange={(zone) => {
              const { zone: _, ...rest } = mapping
              onChange(zone ? { ...rest, zone } : rest)
            }}
          />
        </label>
        {unique.length > 0 && (
          <label className={styles.option} htmlFor="import-key">
            {t('import.key')}
            <Select
              id="import-key"
              style={{ width: 180 }}
              value={mapping.key ?? null}
              allowClear
              placeholder={t('import.keyNone')}
              options={unique.map((id) => ({ value: id, label: label(id) }))}
              onChange={(key) => {
                const { key: _, ...rest } = mapping
                onChange(key ? { ...rest, key } : rest)
              }}
            />
          </label>
        )}
        {mapping.key && (
          <label className={styles.option} htmlFor="import-match">
            {t('import.onMatch')}
            <Select
              id="import-match"
              style={{ width: 180 }}
              value={mapping.onMatch ?? 'skip'}
              options={(['skip', 'update', 'problem'] as const).map((value) => ({
                value,
                label: t(`import.match.${value}`),
              }))}
              onChange={(onMatch) => onChange({ ...mapping, onMatch })}
            />
          </label>
        )}
      </div>
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className={styles.alert ?? ''}
          title={t('import.required', { fields: names(missing) })}
        />
      )}
      {twice.length > 0 && (
        <Alert
          type="error"
          showIcon
          className={styles.alert ?? ''}
          title={t('import.twice', { fields: names(twice) })}
        />
      )}
      <div className={styles.acts}>
        <Button onClick={onBack}>{t('import.back')}</Button>
        <Button type="primary" disabled={mapping.fields.length === 0 || twice.length > 0} onClick={onNext}>
          {t('import.check')}
        </Button>
      </div>
    </>
  )
}
