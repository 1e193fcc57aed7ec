import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ParkedInstance, ResolveInstance } from '@tenon/runtime/contract'
import { client, Nothing, useReason } from '@tenon/runtime/page'
import { Dialog, Moment } from '@tenon/runtime/ui'
import { Alert, Button, Input, App as Kit, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../draft/draft-context.tsx'
import styles from './running.module.css'

/** Instances that wait for somebody to say how they go on. */
export function ParkedList({ items }: { items: readonly ParkedInstance[] }) {
  const { t } = useTranslation('designer')
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('running.parked', { count: items.length })}</h2>
      {items.length > 1 && <Together items={items} />}
      {items.length === 0 && <Nothing title={t('running.noneParked')} hint={t('running.noneParkedHint')} />}
      <ul className={styles.list} aria-label={t('running.parkedList')}>
        {items.map((item) => (
          <Parked key={item.instance} item={item} />
        ))}
      </ul>
    </section>
  )
}

/** All that are listed take the same way; those that cannot stay, and it is said how many. */
function Together({ items }: { items: readonly ParkedInstance[] }) {
  const { t } = useTranslation('designer')
  const { app } = useDraftSession()
  const cache = useQueryClient()
  const { message } = Kit.useApp()
  const [done, setDone] = useState(0)
  const resolve = useMutation({
    async mutationFn(how: 'move' | 'keep') {
      let failed = 0
      for (const [at, { instance }] of items.entries()) {
        setDone(at)
        await client.design.resolveInstance(app, instance, { do: how }).catch(() => {
          failed += 1
        })
      }
      return failed
    },
    onSuccess(failed) {
      const text = t('running.together', { done: items.length - failed, failed })
      void (failed === 0 ? message.success(text) : message.warning(text))
      void cache.invalidateQueries({ queryKey: ['design-instances', app] })
    },
  })
  return (
    <div className={styles.controls}>
      {(['move', 'keep'] as const).map((how) => (
        <Button
          key={how}
          size="small"
          disabled={resolve.isPending}
          loading={resolve.isPending && resolve.variables === how}
          onClick={() => resolve.mutate(how)}
        >
          {t(`running.all.${how}`)}
        </Button>
      ))}
      {resolve.isPending && (
        <span role="status" className={styles.meta}>
          {done} / {items.length}
        </span>
      )}
    </div>
  )
}

function Parked({ item }: { item: ParkedInstance }) {
  const { t } = useTranslation('designer')
  const { app } = useDraftSession()
  const cache = useQueryClient()
  const reason = useReason()
  const { message } = Kit.useApp()
  const [to, setTo] = useState<{ readonly [node: string]: string }>({})
  const [cancelling, setCancelling] = useState(false)
  const resolve = useMutation({
    mutationFn: (body: ResolveInstance) => client.design.resolveInstance(app, item.instance, body),
    onSuccess(_, { do: done }) {
      setCancelling(false)
      void message.success(t(`running.done.${done}`, { name: item.title ?? t('running.hidden') }))
      void cache.invalidateQueries({ queryKey: ['design-instances', app] })
    },
  })
  const name = item.title ?? t('running.hidden')
  return (
    <li className={styles.card} aria-label={name}>
      <div className={styles.head}>
        {item.title === null ? (
          <strong>{name}</strong>
        ) : (
          <a href={`/a/${app}/f/${item.form}/${item.record}`}>
            <strong>{name}</strong>
          </a>
        )}
        <span className={styles.meta}>
          {item.flowLabel}
          {item.version !== null && ` · ${t('versionNumber', { version: item.version })}`} · {t('running.since')}{' '}
          <Moment at={item.since} />
        </span>
      </div>
      <ul className={styles.reasons}>
        {item.reasons.map((one) => (
          <li key={`${one.code}${one.node}`}>{one.message}</li>
        ))}
      </ul>
      {item.nodes.map(({ node, label }) => (
        <div key={node} className={styles.route}>
          <span>{t('running.standsAt', { name: label })}</span>
          <Select
            size="small"
            allowClear
            className={styles.target ?? ''}
            aria-label={t('running.targetOf', { name: label })}
            placeholder={t('instances.same')}
            value={to[node] ?? null}
            options={item.targets.map((target) => ({ value: target.node, label: target.label }))}
            onChange={(target?: string) => {
              const { [node]: _, ...others } = to
              setTo(target ? { ...others, [node]: target } : others)
            }}
          />
        </div>
      ))}
      {resolve.error && !cancelling && <Alert type="error" showIcon title={reason(resolve.error)} />}
      <div className={styles.acts}>
        <Button
          type="primary"
          size="small"
          loading={resolve.isPending && resolve.variables.do === 'move'}
          onClick={() => resolve.mutate({ do: 'move', to })}
        >
          {t('instances.move')}
        </Button>
        <Button
          size="small"
          loading={resolve.isPending && resolve.variables.do === 'keep'}
          onClick={() => resolve.mutate({ do: 'keep' })}
        >
          {t('instances.keep')}
        </Button>
        <Button size="small" danger onClick={() => setCancelling(true)}>
          {t('running.cancel')}
        </Button>
      </div>
      {cancelling && (
        <CancelDialog
          name={name}
          busy={resolve.isPending}
          failure={resolve.error ? reason(resolve.error) : undefined}
          onCancel={() => setCancelling(false)}
          onConfirm={(why) => resolve.mutate({ do: 'cancel', ...(why === '' ? {} : { reason: why }) })}
        />
      )}
    </li>
  )
}

type DialogProps = {
  readonly name: string
  readonly busy: boolean
  readonly failure: string | undefined
  readonly onCancel: () => void
  readonly onConfirm: (why: string) => void
}

function CancelDialog({ name, busy, failure, onCancel, onConfirm }: DialogProps) {
  const { t } = useTranslation('designer')
  const [why, setWhy] = useState('')
  return (
    <Dialog
      title={t('running.cancelTitle', { name })}
      okText={t('running.cancel')}
      okButtonProps={{ danger: true, loading: busy }}
      cancelText={t('cancel')}
      onCancel={onCancel}
      onOk={() => onConfirm(why.trim())}
    >
      <p>{t('running.cancelHint')}</p>
      <Input
        value={why}
        maxLength={1000}
        aria-label={t('running.reason')}
        placeholder={t('running.reason')}
        onChange={(event) => setWhy(event.target.value)}
      />
      {failure !== undefined && <Alert type="error" showIcon title={failure} />}
    </Dialog>
  )
}
