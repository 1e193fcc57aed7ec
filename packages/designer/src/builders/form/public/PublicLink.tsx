import { LinkOutlined } from '@ant-design/icons'
import { resolveText } from '@tenon/engine'
import { Failed, usePreferences } from '@tenon/runtime/page'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Form } from '../edits/form-edit.ts'
import { OutsideAddress } from './OutsideAddress.tsx'
import styles from './public-form.module.css'
import { usePublicLinks } from './use-public-links.ts'

type Props = { readonly form: Form; readonly isOpen: boolean }

/** The link of this installation to the public form: made, replaced and switched off at once, without publishing. */
export function PublicLink({ form, isOpen }: Props) {
  const { t } = useTranslation('publicForm')
  const { modal } = App.useApp()
  const { locale } = usePreferences()
  const { links, make, drop, error } = usePublicLinks()
  const link = links.data?.items.find((one) => one.form === form.id)
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
          onClick={() => make.mutate(form.id)}
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
      <OutsideAddress
        address={`${links.data?.origin ?? location.origin}/p/${link.token}`}
        title={t('link.title')}
        name={resolveText(form.label, locale)}
      />
      <p className={styles.hint}>{t(!link.open ? 'link.shut' : isOpen ? 'link.open' : 'link.openUntilPublished')}</p>
      <div className={styles.acts}>
        {link.open && (
          <Button onClick={() => ask('renew', () => make.mutate(form.id))} loading={make.isPending}>
            {t('link.renew')}
          </Button>
        )}
        <Button danger onClick={() => ask('drop', () => drop.mutate(form.id))} loading={drop.isPending}>
          {t('link.drop')}
        </Button>
      </div>
    </div>
  )
}
