import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { resolveText } from '@tenon/engine'
import { client, usePreferences, useReason } from '@tenon/runtime/page'
import { Dialog } from '@tenon/runtime/ui'
import { Alert, Checkbox, Form, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { freshId } from '../edits/fresh-id.ts'
import styles from './apps-page.module.css'
import { type GivenNames, labelGiven, NameInputs } from './NameInputs.tsx'

type Given = GivenNames & { readonly template: string; readonly sample?: boolean }
const blank = ''

/** A new app, empty or from a template; it lives in its draft until it is published. */
export function NewApp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('designer')
  const { locale } = usePreferences()
  const reason = useReason()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [form] = Form.useForm<Given>()
  const template = Form.useWatch('template', form)
  const templates = useQuery({ queryKey: ['design-templates'], queryFn: () => client.design.templates() })
  const apps = useQuery({ queryKey: ['design-apps'], queryFn: () => client.design.apps() })
  const taken = [...(apps.data?.items ?? []), ...(apps.data?.unpublished ?? [])].map(({ id }) => id)
  const chosen = templates.data?.items.find(({ id }) => id === template)
  const make = useMutation({
    mutationFn: (given: Given) =>
      client.design.create({
        id: freshId(given.en || given.zh || '', 'app', (id) => taken.includes(id)),
        label: labelGiven(given),
        ...(given.template === blank ? {} : { template: given.template, sample: given.sample === true }),
      }),
    onSuccess: async ({ app }) => {
      await cache.invalidateQueries({ queryKey: ['design-apps'] })
      onClose()
      await navigate({ to: '/$app', params: { app } })
    },
  })
  return (
    <Dialog
      title={t('apps.new')}
      okText={t('create')}
      cancelText={t('cancel')}
      confirmLoading={make.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ template: blank, sample: false }}
        onFinish={(given) => make.mutate(given)}
      >
        <NameInputs onEnter={() => form.submit()} />
        <Form.Item name="template" label={t('apps.from')}>
          <Radio.Group className={styles.templates ?? ''}>
            <Radio value={blank}>{t('apps.blank')}</Radio>
            {templates.data?.items.map((one) => (
              <Radio key={one.id} value={one.id}>
                {resolveText(one.label, locale)} <span className={styles.version}>{one.version}</span>
                {one.description !== undefined && (
                  <span className={styles.templateHint}>{resolveText(one.description, locale)}</span>
                )}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {chosen?.hasSample && (
          <Form.Item name="sample" valuePropName="checked" extra={t('sample.later')}>
            <Checkbox>{t('apps.sample')}</Checkbox>
          </Form.Item>
        )}
        {make.error && <Alert type="error" showIcon title={reason(make.error)} />}
      </Form>
    </Dialog>
  )
}
