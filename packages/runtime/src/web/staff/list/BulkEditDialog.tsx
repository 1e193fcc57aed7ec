import { type FieldValue, type FormModel, fieldLabel } from '@tenon/engine'
import { Form, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../../../ui/environment.tsx'
import { faceOf } from '../../../ui/fields/index.ts'
import { Dialog } from '../../../ui/index.ts'

type Props = {
  readonly form: FormModel
  readonly count: number
  readonly onSend: (values: { readonly [field: string]: FieldValue }) => void
  readonly onCancel: () => void
}

/** One field, one new value, for many records. */
export function BulkEditDialog({ form, count, onSend, onCancel }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const [path, setPath] = useState<string | null>(null)
  const [value, setValue] = useState<FieldValue>(null)
  const fields = form.definition.fields.filter(({ type }) => faceOf(type).Edit)
  const definition = fields.find(({ id }) => id === path)
  const Edit = definition && faceOf(definition.type).Edit
  return (
    <Dialog
      title={t('bulk.editTitle', { count })}
      okText={t('bulk.apply', { count })}
      okButtonProps={{ disabled: path === null }}
      onOk={() => path !== null && onSend({ [path]: value })}
      onCancel={onCancel}
    >
      <Form layout="vertical">
        <Form.Item label={t('bulk.field')} htmlFor="bulk-field">
          <Select
            id="bulk-field"
            showSearch={{ optionFilterProp: 'label' }}
            value={path}
            options={fields.flatMap(({ id }) => {
              const model = form.fields.get(id)
              return model ? [{ value: id, label: fieldLabel(model, locale) }] : []
            })}
            onChange={(next) => {
              setPath(next)
              setValue(null)
            }}
          />
        </Form.Item>
        {Edit && definition && (
          <Form.Item label={t('bulk.value')} htmlFor="bulk-value" extra={value === null ? t('bulk.blankHint') : ''}>
            <Edit field={definition} id="bulk-value" value={value} onChange={setValue} />
          </Form.Item>
        )}
      </Form>
    </Dialog>
  )
}
