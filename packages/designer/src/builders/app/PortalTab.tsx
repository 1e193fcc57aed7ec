import { LinkOutlined } from '@ant-design/icons'
import { Portal, publicFields } from '@tenon/engine'
import { Failed, usePreferences } from '@tenon/runtime/page'
import { Button, Switch } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument, useDraftSession } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { useAppModel } from '../../draft/use-app-model.ts'
import { OrderedChoices, SchemaPanel } from '../../panels/index.ts'
import { OutsideAddress } from '../form/public/OutsideAddress.tsx'
import { usePublicLinks } from '../form/public/use-public-links.ts'
import { ProblemList, useProblemsAt } from '../frame/ProblemList.tsx'
import styles from './app-bench.module.css'
import { PublicForms } from './PublicForms.tsx'

const texts = ['title', 'intro', 'contact']
const tracking = ['tracking']

/** The page of the app for its customers: whether it is there, what it says, what it offers, and its address. */
export function PortalTab({ path }: { readonly path: string }) {
  const { t } = useTranslation('app')
  const heading = useId()
  const { document, edit } = useDocument(path)
  const open = useOpenForms()
  const problems = useProblemsAt(path).at('/portal')
  if (!document) return null
  const portal = document.portal as Portal | undefined
  const isOn = portal !== undefined && !portal.closed
  const change = (label: string, next: Portal, key?: string) =>
    edit(label, (before) => ({ ...before, portal: next }), key)
  const turn = (next: boolean) => {
    const { closed: _, ...rest } = portal ?? { forms: open.map(({ value }) => value) }
    change(t(next ? 'portal.did.open' : 'portal.did.close'), next ? rest : { ...rest, closed: true })
  }
  return (
    <>
      <section className={styles.settings} aria-labelledby={heading}>
        <div className={styles.head}>
          <h2 id={heading} className={styles.headTitle}>
            {t('portal.title')}
          </h2>
          <Switch aria-labelledby={heading} checked={isOn} onChange={turn} />
        </div>
        <p className={styles.hint}>{t('portal.hint')}</p>
        {portal && (
          <>
            <ProblemList problems={problems} />
            <SchemaPanel
              schema={Portal}
              value={portal}
              only={texts}
              scope={{ path, form: undefined }}
              onChange={(next) => change(t('portal.did.change'), next, 'portal')}
            />
            <Offered
              portal={portal}
              open={open}
              onChange={(forms) => change(t('portal.did.forms'), { ...portal, forms: [...forms] })}
            />
            <SchemaPanel
              schema={Portal}
              value={portal}
              only={tracking}
              scope={{ path, form: undefined }}
              onChange={(next) => change(t('portal.did.tracking'), next, 'portal tracking')}
            />
            <Address portal={portal} />
          </>
        )}
      </section>
      <h2 className={styles.heading}>{t('outside.title')}</h2>
      <p className={styles.hint}>{t('outside.hint')}</p>
      <PublicForms />
    </>
  )
}

type Choice = { readonly value: string; readonly label: string }

/** The forms of the draft that strangers may fill in. */
function useOpenForms(): readonly Choice[] {
  const { locale } = usePreferences()
  const forms = [...(useAppModel()?.forms.values() ?? [])]
  return forms.flatMap((form) =>
    publicFields(form).length > 0 ? [{ value: form.id, label: labelOf(form.definition, locale, form.id) }] : [],
  )
}

type OfferedProps = {
  readonly portal: Portal
  readonly open: readonly Choice[]
  readonly onChange: (forms: readonly string[]) => void
}

function Offered({ portal, open, onChange }: OfferedProps) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const forms = useAppModel()?.forms
  const left = open.filter(({ value }) => !portal.forms.includes(value))
  return (
    <fieldset className={styles.offered}>
      <legend>{t('portal.forms')}</legend>
      <OrderedChoices
        label={t('portal.addForm')}
        chosen={portal.forms}
        signed={false}
        options={left}
        labelOf={(id) => labelOf(forms?.get(id)?.definition, locale, id)}
        onChange={onChange}
      />
      <p className={styles.hint}>{t(open.length === 0 ? 'portal.noForms' : 'portal.formsHint')}</p>
    </fieldset>
  )
}

/** Where customers find it, once it is published; and the links that its forms still need for it. */
function Address({ portal }: { readonly portal: Portal }) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const { app } = useDraftSession()
  const { links, make, error } = usePublicLinks()
  const forms = useAppModel()?.forms
  if (error) return <Failed error={error} retry={() => void links.refetch()} />
  const { items = [], origin = null, portal: isPublished = false } = links.data ?? {}
  const without = items.filter(({ form, open, token }) => portal.forms.includes(form) && open && token === null)
  return (
    <div className={styles.address}>
      {without.map(({ form }) => {
        const name = labelOf(forms?.get(form)?.definition, locale, form)
        return (
          <div key={form} className={styles.without}>
            <span>{t('portal.noLink', { name })}</span>
            <Button
              size="small"
              icon={<LinkOutlined aria-hidden />}
              loading={make.isPending}
              onClick={() => make.mutate(form)}
            >
              {t('portal.makeLink', { name })}
            </Button>
          </div>
        )
      })}
      <OutsideAddress
        address={`${origin ?? location.origin}/p/${app}`}
        title={t('portal.address')}
        name={t('portal.title')}
        isOpen={isPublished}
      />
      <p className={styles.hint}>{t(addressHint(isPublished, !portal.closed))}</p>
    </div>
  )
}

const addressHint = (isPublished: boolean, isOn: boolean) =>
  isPublished ? (isOn ? 'portal.isOpen' : 'portal.openUntilPublished') : 'portal.notYet'
