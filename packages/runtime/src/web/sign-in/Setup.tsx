import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { client } from '../shell/client.ts'
import { preferences } from '../shell/preferences.ts'
import { useReason } from '../shell/problems.ts'
import { Sheet } from './Sheet.tsx'
import styles from './sign-in.module.css'

type Entered = { readonly name: string; readonly username: string; readonly password: string; readonly repeat: string }

/** The first administrator of a new installation. */
export function Setup() {
  const { t } = useTranslation('shell')
  const reason = useReason()
  const cache = useQueryClient()
  const setup = useMutation({
    mutationFn: ({ name, username, password }: Entered) =>
      client.session.setup({
        name,
        username,
        password,
        locale: preferences().locale,
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    onSuccess: (session) => cache.setQueryData(['session'], session),
  })
  return (
    <Sheet wide={false}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t('setup.title')}</h1>
        <p className={styles.tagline}>{t('setup.hint')}</p>
        {setup.error && <Alert type="error" showIcon title={reason(setup.error)} className={styles.alert ?? ''} />}
        <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => setup.mutate(entered)}>
          <Form.Item name="name" label={t('setup.name')} rules={[{ required: true, message: t('setup.needName') }]}>
            <Input size="large" autoComplete="name" maxLength={100} />
          </Form.Item>
          <Form.Item
            name="username"
            label={t('signIn.username')}
            extra={t('setup.usernameRule')}
            rules={[{ required: true, pattern: /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$/, message: t('setup.usernameRule') }]}
          >
            <Input size="large" autoComplete="username" autoCapitalize="none" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            extra={t('setup.passwordRule')}
            rules={[{ required: true, min: 10, message: t('setup.passwordRule') }]}
          >
            <Input.Password size="large" autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="repeat"
            label={t('setup.repeat')}
            dependencies={['password']}
            rules={[
              { required: true, message: t('setup.repeatDiffers') },
              ({ getFieldValue }) => ({
                validator: async (_, value) => {
                  if (value && value !== getFieldValue('password')) throw new Error(t('setup.repeatDiffers'))
                },
              }),
            ]}
          >
            <Input.Password size="large" autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" size="large" block htmlType="submit" loading={setup.isPending}>
            {t('setup.submit')}
          </Button>
        </Form>
      </div>
    </Sheet>
  )
}
