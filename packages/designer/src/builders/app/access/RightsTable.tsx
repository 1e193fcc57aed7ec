import { CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { type AccessEntry, recordRights } from '@tenon/engine'
import { DropMenu, usePhone } from '@tenon/runtime/ui'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemsOf, useProblems } from '../../../draft/use-problems.ts'
import { withNewEntry, withoutEntry, withRight, withRights } from '../../../edits/access.ts'
import styles from './access.module.css'
import { RowsEditor } from './RowsEditor.tsx'
import type { FormAccess } from './use-form-access.ts'

/** Rights and rows: a line for every access entry; a role may have several, which add up. */
export function RightsTable({ access }: { readonly access: FormAccess }) {
  const { t } = useTranslation('app')
  const { app, entries, nameOf, edit, form } = access
  const roles = ['*', ...app.roles.map(({ id }) => id)]
  const lines = roles.flatMap((role): readonly { role: string; entry: AccessEntry | undefined }[] => {
    const own = entries.filter((entry) => entry.role === role)
    if (own.length > 0) return own.map((entry) => ({ role, entry }))
    return role === '*' ? [] : [{ role, entry: undefined }]
  })
  const add = (role: string) =>
    edit(
      t('access.edits.added', { role: nameOf(role), form: access.label }),
      (before) => withNewEntry(before, role).form,
    )
  const phone = usePhone()
  const foot = (
    <>
      <div className={styles.foot}>
        <DropMenu menu={{ items: roles.map((role) => ({ key: role, label: nameOf(role), onClick: () => add(role) })) }}>
          <Button icon={<PlusOutlined />}>{t('access.addFor')}</Button>
        </DropMenu>
        <p className={styles.hint}>{t('access.addUp')}</p>
      </div>
      <Problems form={form.id} />
    </>
  )
  const give = (role: string) => (
    <>
      <span className={styles.hint}>{t('access.seesNothing')}</span>
      <Button size="small" type="link" icon={<PlusOutlined />} onClick={() => add(role)}>
        {t('access.give', { role: nameOf(role) })}
      </Button>
    </>
  )
  if (phone)
    return (
      <>
        <section className={styles.cards} aria-label={t('access.views.rights')}>
          {lines.map(({ role, entry }) =>
            entry ? (
              <Card key={entry.id} access={access} entry={entry} roles={roles} />
            ) : (
              <section key={role} className={styles.card} aria-label={nameOf(role)}>
                <h2 className={styles.cardName}>{nameOf(role)}</h2>
                <div>{give(role)}</div>
              </section>
            ),
          )}
        </section>
        {foot}
      </>
    )
  return (
    <>
      <section className={styles.scroll} aria-label={t('access.views.rights')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.first}>
                {t('access.role')}
              </th>
              <th scope="col">{t('access.rows')}</th>
              {recordRights.map((right) => (
                <th key={right} scope="col" className={styles.narrow}>
                  {t(`access.right.${right}`)}
                </th>
              ))}
              <th scope="col" className={styles.narrow}>
                {t('access.all')}
              </th>
              <th scope="col">
                <span className={styles.quiet}>{t('access.more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ role, entry }) =>
              entry ? (
                <Line key={entry.id} access={access} entry={entry} roles={roles} />
              ) : (
                <tr key={role} data-empty="true">
                  <th scope="row" className={styles.first}>
                    {nameOf(role)}
                  </th>
                  <td colSpan={recordRights.length + 3}>{give(role)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </section>
      {foot}
    </>
  )
}

type LineProps = { readonly access: FormAccess; readonly entry: AccessEntry; readonly roles: readonly string[] }

/** The controls of an access entry, wherever they stand. */
function useEntry({ access, entry, roles }: LineProps) {
  const { t } = useTranslation('app')
  const [open, setOpen] = useState(false)
  const { nameOf, entryName, rowsText, edit, label } = access
  const name = entryName(entry)
  const changed = t('access.edits.rights', { role: name, form: label })
  const hasAll = entry.can.length === recordRights.length
  const copy = (role: string) =>
    edit(
      t('access.edits.copied', { from: name, to: nameOf(role), form: label }),
      (form) => withNewEntry(form, role, entry).form,
    )
  const rows = (
    <button
      type="button"
      className={styles.rowsButton}
      aria-expanded={open}
      aria-label={t('access.rowsOf', { role: name, rows: rowsText(entry) })}
      onClick={() => setOpen(!open)}
    >
      {rowsText(entry)}
    </button>
  )
  const tick = (right: (typeof recordRights)[number], children?: string) => (
    <Checkbox
      checked={entry.can.includes(right)}
      aria-label={t('access.rightOf', { role: name, right: t(`access.right.${right}`) })}
      onChange={({ target }) => edit(changed, (form) => withRight(form, entry.id, right, target.checked, recordRights))}
    >
      {children}
    </Checkbox>
  )
  const all = (children?: string) => (
    <Checkbox
      checked={hasAll}
      indeterminate={!hasAll && entry.can.length > 0}
      aria-label={t('access.allOf', { role: name })}
      onChange={() => edit(changed, (form) => withRights(form, entry.id, hasAll ? [] : recordRights))}
    >
      {children}
    </Checkbox>
  )
  const tools = (
    <span className={styles.tools}>
      <DropMenu menu={{ items: roles.map((role) => ({ key: role, label: nameOf(role), onClick: () => copy(role) })) }}>
        <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t('access.copyOf', { role: name })} />
      </DropMenu>
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t('access.removeOf', { role: name })}
        onClick={() =>
          edit(t('access.edits.removed', { role: name, form: label }), (form) => withoutEntry(form, entry.id))
        }
      />
    </span>
  )
  return { open, name, rows, tick, all, tools }
}

/** An access entry as a line of the table. */
function Line(props: LineProps) {
  const { access, entry } = props
  const { open, rows, tick, all, tools } = useEntry(props)
  return (
    <>
      <tr data-open={open}>
        <th scope="row" className={styles.first}>
          {access.nameOf(entry.role)}
        </th>
        <td className={styles.rows}>{rows}</td>
        {recordRights.map((right) => (
          <td key={right} className={styles.narrow}>
            {tick(right)}
          </td>
        ))}
        <td className={styles.narrow}>{all()}</td>
        <td>{tools}</td>
      </tr>
      {open && (
        <tr>
          <td colSpan={recordRights.length + 4} className={styles.drawer}>
            <RowsEditor access={access} entry={entry} />
          </td>
        </tr>
      )}
    </>
  )
}

/** An access entry on a phone: what a line of the table says, below each other. */
function Card(props: LineProps) {
  const { access, entry } = props
  const { t } = useTranslation('app')
  const { open, name, rows, tick, all, tools } = useEntry(props)
  return (
    <section className={styles.card} aria-label={name}>
      <div className={styles.cardHead}>
        <h2 className={styles.cardName}>{access.nameOf(entry.role)}</h2>
        {tools}
      </div>
      <div>
        <span className={styles.hint}>{t('access.rows')}</span>
        {rows}
      </div>
      {open && <RowsEditor access={access} entry={entry} />}
      <div className={styles.ticks}>
        {recordRights.map((right) => (
          <span key={right}>{tick(right, t(`access.right.${right}`))}</span>
        ))}
        {all(t('access.all'))}
      </div>
    </section>
  )
}

/** What is wrong with these rights, as the server says. */
function Problems({ form }: { readonly form: string }) {
  const own = problemsOf(useProblems(), `forms/${form}.json`).filter(({ path }) => path.startsWith('/access'))
  if (own.length === 0) return null
  return (
    <div role="alert">
      <ul className={styles.problems}>
        {own.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{message}</li>
        ))}
      </ul>
    </div>
  )
}
