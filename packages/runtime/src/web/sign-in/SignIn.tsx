import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Welcome } from '../../contract/index.ts'
import { Initial } from '../../ui/show/Person.tsx'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import { Setup } from './Setup.tsx'
import { Sheet } from './Sheet.tsx'
import styles from './sign-in.module.css'

type Entered = { readonly username: string; readonly password: string }

/** Sign in; on a new installation make the first administrator instead. */
export default function SignIn() {
  const { data } = useQuery({ queryKey: ['welcome'], queryFn: () => client.session.welcome(), staleTime: 60_000 })
  if (data?.setupNeeded) return <Setup />
  return <SignInForm demo={data?.demo ?? null} />
}

function SignInForm({ demo }: { demo: Welcome['demo'] }) {
  const { t } = useTranslation('shell')
  const reason = useReason()
  const cache = useQueryClient()
  const signIn = useMutation({
    mutationFn: (entered: Entered) => client.session.signIn(entered),
    onSuccess: (session) => cache.setQueryData(['session'], session),
  })
  return (
    <Sheet wide={demo !== null}>
      <div className={styles.columns} data-demo={demo !== null}>
        <div className={styles.column}>
          <h1 className={styles.title}>{t('signIn.title')}</h1>
          <p className={styles.tagline}>{t('signIn.tagline')}</p>
          {signIn.error && <Alert type="error" showIcon title={reason(signIn.error)} className={styles.alert ?? ''} />}
          <Form<Entered>
            layout="vertical"
            requiredMark={false}
            onFinish={(entered) => signIn.mutate(entered)}
            validateTrigger="onSubmit"
          >
            <Form.Item
              name="username"
              label={t('signIn.username')}
              rules={[{ required: true, message: t('signIn.needUsername') }]}
            >
              <Input size="large" autoComplete="username" autoCapitalize="none" autoFocus />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('signIn.password')}
              rules={[{ required: true, message: t('signIn.needPassword') }]}
            >
              <Input.Password size="large" autoComplete="current-password" />
            </Form.Item>
            <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
          </Form>
        </div>
        {demo && (
          <section className={styles.demo} aria-label={t('signIn.demoTitle')}>
            <h2 className={styles.demoTitle}>{t('signIn.demoTitle')}</h2>
            <p className={styles.demoHint}>
              {t('signIn.demoHint')} <code className={styles.code}>{demo.password}</code>
            </p>
            <ul className={styles.people}>
              {demo.people.map((person) => (
                <li key={person.username}>
                  <button
                    type="button"
                    className={styles.person}
                    disabled={signIn.isPending}
                    onClick={() => signIn.mutate({ username: person.username, password: demo.password })}
                  >
                    <Initial name={person.name} size="l" />
                    <span className={styles.personText}>
                      <span className={styles.personName}>{person.name}</span>
                      <span className={styles.personHint}>
                        {person.title ? `${person.title} · ` : ''}
                        {person.username}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Sheet>
  )
}
