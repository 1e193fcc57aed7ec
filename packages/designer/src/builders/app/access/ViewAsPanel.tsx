import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FieldRight, recordRights } from '@tenon/engine'
import { client, usePreferences } from '@tenon/runtime/page'
import { Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../../draft/labels.ts'
import styles from './access.module.css'
import type { FormAccess } from './use-form-access.ts'
import { type Extent, type ViewAs, viewAs } from './view-as.ts'

/** What somebody sees of a form: rows, rights, and every field with the entries that give or hide it. */
export function ViewAsPanel({ access }: { readonly access: FormAccess }) {
  const { t } = useTranslation('app')
  const { locale } = usePreferences()
  const [who, setWho] = useState<'role' | 'person'>('role')
  const [role, setRole] = useState(access.app.roles[0]?.id)
  const [person, setPerson] = useState<string>()
  const people = useRolesOfPeople(who === 'person' ? access.app.roles.map(({ id }) => id) : [])
  const chosen = people.find(({ id }) => id === person)
  const roles = useMemo(
    () => (who === 'role' ? (role === undefined ? [] : [role]) : (chosen?.roles ?? [])),
    [who, role, chosen],
  )
  const seen = useMemo(() => viewAs(access.form, roles), [access.form, roles])
  return (
    <div className={styles.viewAs}>
      <div className={styles.bar}>
        <Segmented
          aria-label={t('viewAs.who')}
          value={who}
          onChange={setWho}
          options={[
            { value: 'role' as const, label: t('viewAs.role') },
            { value: 'person' as const, label: t('viewAs.person') },
          ]}
        />
        {who === 'role' ? (
          <Select
            aria-label={t('viewAs.role')}
            className={styles.form ?? ''}
            value={role ?? null}
            options={access.app.roles.map((one) => ({ value: one.id, label: labelOf(one, locale, one.id) }))}
            onChange={(next) => setRole(next ?? undefined)}
          />
        ) : (
          <Select
            aria-label={t('viewAs.person')}
            className={styles.form ?? ''}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('viewAs.choose')}
            value={person ?? null}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(next) => setPerson(next ?? undefined)}
          />
        )}
      </div>
      {who === 'person' && chosen && (
        <p className={styles.hint}>
          {t('viewAs.roles', { roles: chosen.roles.map(access.nameOf).join(t('access.comma')) })}
        </p>
      )}
      {(who === 'role' || chosen) && <Seen access={access} seen={seen} />}
    </div>
  )
}

function Seen({ access, seen }: { readonly access: FormAccess; readonly seen: ViewAs }) {
  const { t } = useTranslation('app')
  const { fields, nameOf, rowsText } = access
  const given = recordRights.filter((right) => seen.rights.get(right)?.best)
  if (seen.entries.length === 0) return <p className={styles.verdict}>{t('viewAs.nothing')}</p>
  return (
    <>
      <p className={styles.verdict}>
        {given.length === 0
          ? t('viewAs.nothing')
          : given
              .map((right) => {
                const name = t(`access.right.${right}`)
                return seen.rights.get(right)?.everywhere ? name : t('viewAs.partly', { name })
              })
              .join(t('access.comma'))}
      </p>
      <h3 className={styles.heading}>{t('viewAs.entries')}</h3>
      <ol className={styles.entries}>
        {seen.entries.map(({ entry }) => (
          <li key={entry.id}>
            <strong>{nameOf(entry.role)}</strong>
            <span className={styles.quiet}>{rowsText(entry)}</span>
            <span>
              {entry.can.map((right) => t(`access.right.${right}`)).join(t('access.comma')) || t('access.none')}
            </span>
          </li>
        ))}
      </ol>
      <h3 className={styles.heading}>{t('viewAs.fields')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in it takes the focus, and it scrolls */}
      <section className={styles.scroll} aria-label={t('viewAs.fields')} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.first}>
                {t('access.field')}
              </th>
              <th scope="col">{t('viewAs.result')}</th>
              <th scope="col">{t('viewAs.why')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const extent = seen.fields.get(field.id)
              const best = shown(extent?.best, field.isWritable)
              return (
                <tr key={field.id}>
                  <th scope="row" className={styles.first}>
                    {field.label}
                  </th>
                  <td>
                    <span className={styles.pill} data-state={best}>
                      {t(`access.cell.${best}`)}
                    </span>
                    {extent && differs(extent, field.isWritable) && (
                      <span className={styles.some}>
                        {t('viewAs.otherwise', {
                          state: t(`access.cell.${shown(extent.everywhere, field.isWritable)}`),
                        })}
                      </span>
                    )}
                  </td>
                  <td className={styles.why}>
                    {!field.isWritable && <span className={styles.whyLine}>{t('viewAs.automatic')}</span>}
                    {seen.entries.map(({ entry, fields: own }) => (
                      <span key={entry.id} className={styles.whyLine}>
                        {t('viewAs.because', {
                          entry: access.entryName(entry),
                          state: t(`access.cell.${shown(own.get(field.id), field.isWritable)}`),
                        })}
                      </span>
                    ))}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
    </>
  )
}

/** A right on a field as it shows: what nobody can fill in is only seen. */
const shown = (right: FieldRight | undefined, isWritable: boolean): FieldRight =>
  right === 'edit' && !isWritable ? 'read' : (right ?? 'hidden')
const differs = ({ best, everywhere }: Extent<FieldRight>, isWritable: boolean): boolean =>
  shown(best, isWritable) !== shown(everywhere, isWritable)

type RolesOf = { readonly id: string; readonly name: string; readonly roles: readonly string[] }

/** Active people with their roles in this app, as they are given now. */
function useRolesOfPeople(roles: readonly string[]): readonly RolesOf[] {
  const { app } = useParams({ from: '/$app' })
  const { data } = useQuery({
    queryKey: ['people-by-role', app, roles],
    enabled: roles.length > 0,
    queryFn: async () => {
      const answers = await Promise.all(
        roles.map(async (role) => ({
          role,
          items: (await client.people({ role: `${app}/${role}`, size: 200 })).items,
        })),
      )
      const found = new Map<string, { id: string; name: string; roles: string[] }>()
      for (const { role, items } of answers)
        for (const { id, name } of items) {
          const person = found.get(id) ?? { id, name, roles: [] }
          person.roles.push(role)
          found.set(id, person)
        }
      return [...found.values()]
    },
  })
  return data ?? []
}
