import { LogoutOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Locale } from '@tenon/engine'
import { Alert, App, Button, Form, Input, Segmented, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChangeMe, ChangePassword } from '../../../contract/index.ts'
import { usePhone } from '../../../ui/theme/use-phone.ts'
import { useApps } from '../../shell/apps.ts'
import { useChooseLocale } from '../../shell/choose-locale.ts'
import { client } from '../../shell/client.ts'
import { NamedIcon } from '../../shell/icons.tsx'
import { entryGroups } from '../../shell/navigation.ts'
import { places } from '../../shell/places.ts'
import { setPreferences, usePreferences } from '../../shell/preferences.ts'
import { useReason } from '../../shell/problems.ts'
import { adminPages } from '../../shell/SideBar.tsx'
import { useSession, useSignOut } from '../../shell/session.tsx'
import styles from './me.module.css'
import { OutOfOffice } from './OutOfOffice.tsx'

const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone')

/** Who I am here, and how I want to see things. */
export default function MePage() {
  const { t } = useTranslation(['staff', 'shell'])
  const { user } = useSession()
  const { locale, theme } = usePreferences()
  const chooseLocale = useChooseLocale()
  const signOut = useSignOut()
  const cache = useQueryClient()
  const phone = usePhone()
  const { apps } = useApps()
  const entries = entryGroups(apps, locale).flatMap((group) => group.entries)
  const { message } = App.useApp()
  const reason = useReason()
  const save = useMutation({
    mutationFn: (body: ChangeMe) => client.session.change(body),
    onSuccess: (session) => {
      cache.setQueryData(['session'], session)
      void message.success(t('me.saved'))
    },
  })
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t('me.title')}</h1>
      <section className={styles.card}>
        <h2 className={styles.subtitle}>{t('me.profile')}</h2>
        {save.error && <Alert type="error" showIcon title={reason(save.error)} />}
        <Form<ChangeMe>
          layout="vertical"
          initialValues={{ name: user.name, email: user.email ?? '', zone: user.zone }}
          onFinish={({ name, email, zone }) =>
            save.mutate({ ...(name ? { name } : {}), email: email || null, ...(zone ? { zone } : {}) })
          }
        >
          <Form.Item name="name" label={t('me.name')} rules={[{ required: true, message: t('shell:setup.needName') }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="email" label={t('me.email')}>
            <Input type="email" maxLength={200} />
          </Form.Item>
          <Form.Item name="zone" label={t('me.zone')}>
            <Select showSearch options={zones().map((zone) => ({ value: zone, label: zone }))} />
          </Form.Item>
          <Button htmlType="submit" type="primary" loading={save.isPending}>
            {t('record.save')}
          </Button>
        </Form>
      </section>
      <section className={styles.card}>
        <div className={styles.line}>
          <span id="me-away">
            {t('me.away')}
            <span className={styles.hint}>{t('me.awayHint')}</span>
          </span>
          <Switch
            aria-labelledby="me-away"
            checked={user.away}
            loading={save.isPending}
            onChange={(away) => save.mutate({ away })}
          />
        </div>
        {user.away && <OutOfOffice user={user} save={save.mutate} />}
        <div className={styles.line}>
          <span>{t('me.language')}</span>
          <Segmented<Locale>
            value={locale}
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(value) => void chooseLocale(value)}
          />
        </div>
        <div className={styles.line}>
          <span>{t('shell:theme.title')}</span>
          <Segmented
            value={theme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({
              value,
              label: t(`shell:theme.${value}`),
            }))}
            onChange={(value) => setPreferences({ theme: value as 'system' })}
          />
        </div>
      </section>
      <PasswordCard />
      {phone && (
        <nav className={`${styles.card} ${styles.adminLinks}`} aria-label={t('me.pages')}>
          {entries.map((entry) => (
            <Link key={entry.key} to={entry.to} className={styles.adminLink}>
              <span aria-hidden>
                <NamedIcon name={entry.item.icon} kind={entry.kind} />
              </span>
              {entry.label}
            </Link>
          ))}
        </nav>
      )}
      {user.admin && (
        <nav className={`${styles.card} ${styles.adminLinks}`} aria-label={t('shell:administration')}>
          {adminPages.map(({ page, icon }) => (
            <Link key={page} to={places.admin(page)} className={styles.adminLink}>
              <span aria-hidden>{icon}</span> {t(`shell:adminPage.${page}`)}
            </Link>
          ))}
        </nav>
      )}
      <Button icon={<LogoutOutlined />} onClick={() => void signOut()}>
        {t('shell:signOut')}
      </Button>
    </div>
  )
}

function PasswordCard() {
  const { t } = useTranslation('staff')
  const { message } = App.useApp()
  const reason = useReason()
  const [form] = Form.useForm<ChangePassword>()
  const change = useMutation({
    mutationFn: (body: ChangePassword) => client.session.changePassword(body),
    onSuccess: () => {
      form.resetFields()
      void message.success(t('me.changed'))
    },
  })
  return (
    <section className={styles.card}>
      <h2 className={styles.subtitle}>{t('me.password')}</h2>
      {change.error && <Alert type="error" showIcon title={reason(change.error)} />}
      <Form form={form} layout="vertical" onFinish={(body) => change.mutate(body)}>
        <Form.Item name="current" label={t('me.current')} rules={[{ required: true, message: t('me.current') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('me.new')}
          extra={t('me.newRule')}
          rules={[{ required: true, min: 10, message: t('me.newRule') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t('me.change')}
        </Button>
      </Form>
    </section>
  )
}
