import { DownloadOutlined, ExportOutlined, LinkOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import type { PublicLinkList } from '@tenon/runtime/contract'
import { client, Failed, usePreferences } from '@tenon/runtime/page'
import { App, Button, QRCode, Typography } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftPart, useDraftSession } from '../../../draft/draft-context.tsx'
import type { Form } from '../edits/form-edit.ts'
import styles from './public-form.module.css'

type Props = { readonly form: Form; readonly isOpen: boolean }

/** The link of this installation to the public form: made, replaced and switched off at once, without publishing. */
export function PublicLink({ form, isOpen }: Props) {
  const { t } = useTranslation('publicForm')
  const { modal } = App.useApp()
  const { app } = useDraftSession()
  const version = useDraftPart(({ liveVersion }) => liveVersion)
  const cache = useQueryClient()
  const key = ['public-links', app, version]
  const links = useQuery({ queryKey: key, queryFn: () => client.design.publicLinks(app), enabled: version > 0 })
  const keep = (next: PublicLinkList) => cache.setQueryData(key, next)
  const make = useMutation({ mutationFn: () => client.design.makePublicLink(app, form.id), onSuccess: keep })
  const drop = useMutation({ mutationFn: () => client.design.dropPublicLink(app, form.id), onSuccess: keep })
  const link = links.data?.items.find((one) => one.form === form.id)
  const error = links.error ?? make.error ?? drop.error
  if (error) return <Failed error={error} retry={() => void links.refetch()} />
  if (!link?.token) {
    if (!isOpen) return null
    return (
      <div className={styles.link}>
        <Button
          type="primary"
          icon={<LinkOutlined />}
          disabled={!link?.open}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {t('link.make')}
        </Button>
        <p className={styles.hint}>{t(link?.open ? 'link.makeHint' : 'link.publishFirst')}</p>
      </div>
    )
  }
  const ask = (what: 'renew' | 'drop', act: () => void) =>
    modal.confirm({
      title: t(`link.${what}Title`),
      content: t(`link.${what}Hint`),
      okText: t(`link.${what}`),
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk: act,
    })
  return (
    <div className={styles.link}>
      <Address address={`${links.data?.origin ?? location.origin}/p/${link.token}`} form={form} />
      <p className={styles.hint}>{t(!link.open ? 'link.shut' : isOpen ? 'link.open' : 'link.openUntilPublished')}</p>
      <div className={styles.acts}>
        {link.open && (
          <Button onClick={() => ask('renew', () => make.mutate())} loading={make.isPending}>
            {t('link.renew')}
          </Button>
        )}
        <Button danger onClick={() => ask('drop', () => drop.mutate())} loading={drop.isPending}>
          {t('link.drop')}
        </Button>
      </div>
    </div>
  )
}

/** Big enough to be printed on a poster. */
const printedPixels = 1024

function Address({ address, form }: { readonly address: string; readonly form: Form }) {
  const { t } = useTranslation('publicForm')
  const { locale } = usePreferences()
  const printed = useRef<HTMLDivElement>(null)
  const save = () =>
    printed.current?.querySelector('canvas')?.toBlob((picture) => {
      if (!picture) return
      const link = document.createElement('a')
      link.href = URL.createObjectURL(picture)
      link.download = `${resolveText(form.label, locale)}.png`
      link.click()
      URL.revokeObjectURL(link.href)
    })
  // Cameras read dark on light, whatever the theme.
  const ink = { color: 'black', bgColor: 'white' }
  return (
    <div className={styles.address}>
      <QRCode value={address} size={160} type="svg" bordered={false} {...ink} />
      <div ref={printed} hidden>
        <QRCode value={address} size={printedPixels} type="canvas" bordered={false} marginSize={4} {...ink} />
      </div>
      <div className={styles.addressText}>
        <span className={styles.label}>{t('link.title')}</span>
        <Typography.Text
          className={styles.url ?? ''}
          copyable={{ text: address, tooltips: [t('link.copy'), t('link.copied')] }}
        >
          {address}
        </Typography.Text>
        <div className={styles.acts}>
          <Button icon={<DownloadOutlined />} onClick={save}>
            {t('link.save')}
          </Button>
          <Button icon={<ExportOutlined />} href={address} target="_blank" rel="noreferrer">
            {t('link.look')}
          </Button>
        </div>
      </div>
    </div>
  )
}
