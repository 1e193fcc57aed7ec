import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../contract/index.ts'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import styles from './portal.module.css'

/** A mail address, then the code that was sent there. Whether it was sent, only the receiver knows. */
export function PortalSignIn({ app }: { readonly app: string }) {
  const { t } = useTranslation('public')
  const cache = useQueryClient()
  const [mail, setMail] = useState('')
  const [code, setCode] = useState('')
  const ids = { mail: useId(), code: useId() }
  const ask = useMutation({ mutationFn: () => client.portal.ask(app, { mail: mail.trim() }) })
  const prove = useMutation({
    mutationFn: (ticket: string) => client.portal.prove(app, { ticket, code }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['portal', app] }),
  })
  const ticket = ask.data?.ticket
  const again = () => {
    ask.reset()
    prove.reset()
    setCode('')
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (ticket !== undefined) prove.mutate(ticket)
    else ask.mutate()
  }
  return (
    <div className={styles.portal}>
      <h1 className={styles.title}>{t('own.title')}</h1>
      <p className={styles.intro}>{t(ticket === undefined ? 'own.signIn' : 'own.sent', { mail: mail.trim() })}</p>
      <form className={styles.signIn} onSubmit={send}>
        {ticket === undefined ? (
          <>
            <label htmlFor={ids.mail}>{t('own.mail')}</label>
            <Input
              id={ids.mail}
              size="large"
              type="email"
              autoComplete="email"
              maxLength={254}
              value={mail}
              onChange={({ target }) => setMail(target.value)}
            />
          </>
        ) : (
          <>
            <label htmlFor={ids.code}>{t('own.code')}</label>
            <Input
              id={ids.code}
              size="large"
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              maxLength={6}
              value={code}
              onChange={({ target }) => setCode(target.value.replace(/\D/g, ''))}
            />
          </>
        )}
        <Refused error={ask.error ?? prove.error} />
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          loading={ask.isPending || prove.isPending}
          disabled={ticket === undefined ? mail.trim().length < 3 : code.length !== 6}
        >
          {t(ticket === undefined ? 'own.ask' : 'own.enter')}
        </Button>
        {ticket !== undefined && (
          <Button type="link" onClick={again}>
            {t('own.again')}
          </Button>
        )}
      </form>
    </div>
  )
}

function Refused({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation('public')
  const reason = useReason()
  if (!error) return null
  const seconds = error instanceof ApiProblem ? error.retryAfterSeconds : undefined
  const text = seconds === undefined ? reason(error) : t('own.tooMany', { minutes: Math.ceil(seconds / 60) })
  return <Alert type="error" showIcon title={text} />
}
