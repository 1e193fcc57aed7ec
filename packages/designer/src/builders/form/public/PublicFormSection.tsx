import { PublicForm, resolveText } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Checkbox, Switch } from 'antd'
import { useId, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemList, useProblemsAt } from '../../frame/ProblemList.tsx'
import { ElementPanel } from '../ElementPanel.tsx'
import { type Form, withProperties } from '../edits/form-edit.ts'
import { type EditForm, useFormModel } from '../use-form.ts'
import { PublicLink } from './PublicLink.tsx'
import styles from './public-form.module.css'
import { closed, type Offer, offersOf, opened, withAsked } from './public-form.ts'

type Props = { readonly path: string; readonly form: Form; readonly edit: EditForm }

/** Whether people without an account may send in records of the form, what they are asked, and the link for them. */
export function PublicFormSection({ path, form, edit }: Props) {
  const { t } = useTranslation('publicForm')
  const heading = useId()
  const model = useFormModel(form)
  const offers = useMemo(() => (model ? offersOf(model) : []), [model])
  const problems = useProblemsAt(path).at('/publicForm')
  const { publicForm } = form
  const isOpen = publicForm !== undefined && !publicForm.closed
  const canOpen = publicForm !== undefined || offers.some(({ refusal }) => refusal === undefined)
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <div className={styles.head}>
        <h2 id={heading} className={styles.title}>
          {t('title')}
        </h2>
        <Switch
          aria-labelledby={heading}
          checked={isOpen}
          disabled={!canOpen}
          onChange={(next) =>
            edit(t(next ? 'did.open' : 'did.close'), (now) => (next ? opened(now, offers) : closed(now)))
          }
        />
      </div>
      <p className={styles.hint}>{t(canOpen ? 'hint' : 'nothingToAsk')}</p>
      {publicForm?.closed && <p className={styles.hint}>{t('closed')}</p>}
      {publicForm && (
        <>
          <ProblemList problems={problems} />
          <Asked asked={publicForm.fields} offers={offers} edit={edit} />
          <ElementPanel
            path={path}
            form={form.id}
            schema={PublicForm}
            value={publicForm}
            only={['title', 'intro', 'thanks', 'values']}
            onChange={(next, key) =>
              edit(t('did.change'), (now) => withProperties(now, { publicForm: next as PublicForm }), `public ${key}`)
            }
          />
        </>
      )}
      <PublicLink form={form} isOpen={isOpen} />
    </section>
  )
}

type AskedProps = { readonly asked: readonly string[]; readonly offers: readonly Offer[]; readonly edit: EditForm }

function Asked({ asked, offers, edit }: AskedProps) {
  const { t } = useTranslation('publicForm')
  const { locale } = usePreferences()
  return (
    <fieldset className={styles.asked}>
      <legend>{t('fields')}</legend>
      {offers.map(({ id, label, isRequired, refusal }) => {
        const isAsked = asked.includes(id)
        const name = resolveText(label, locale) || t('unnamed')
        const isLast = isAsked && asked.length === 1
        return (
          <div key={id} className={styles.offer}>
            <Checkbox
              checked={isAsked}
              disabled={(refusal !== undefined && !isAsked) || isLast}
              onChange={({ target }) => edit(t('did.fields'), (now) => withAsked(now, id, target.checked))}
            >
              {name}
              {isRequired && <span className={styles.required}> {t('required')}</span>}
            </Checkbox>
            {refusal && <span className={styles.why}>{t(`refusal.${refusal}`)}</span>}
          </div>
        )
      })}
    </fieldset>
  )
}
