import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Space, Table, type TableColumnType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VariableView } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { TonePill } from '../../ui/show/TonePill.tsx'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import styles from './admin.module.css'

type Props = { readonly items: readonly VariableView[]; readonly labelOf: (app: string) => string }

/** The variables of all apps with what they are set to here. */
export function Variables({ items, labelOf }: Props) {
  const { t } = useTranslation('admin')
  const columns: TableColumnType<VariableView>[] = [
    {
      key: 'name',
      title: t('environment.variable'),
      width: 260,
      render: (_, { label, description, app }) => (
        <>
          <div>{label}</div>
          <div className={styles.small}>{description === null ? labelOf(app) : `${labelOf(app)} · ${description}`}</div>
        </>
      ),
    },
    { key: 'value', title: t('environment.value'), render: (_, variable) => <Value variable={variable} /> },
    {
      key: 'updated',
      title: t('environment.updated'),
      width: 150,
      render: (_, { updatedAt }) => (updatedAt ? <Moment at={updatedAt} /> : ''),
    },
  ]
  return (
    <Table<VariableView>
      size="small"
      rowKey={({ app, name }) => `${app}/${name}`}
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      scroll={{ x: 720 }}
    />
  )
}

function Value({ variable }: { variable: VariableView }) {
  const { t } = useTranslation(['admin', 'shell'])
  const { message } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const { app, name, value, label } = variable
  const [written, setWritten] = useState(value ?? '')
  const save = useMutation({
    mutationFn: (next: string) =>
      next === '' ? client.admin.dropVariable(app, name) : client.admin.saveVariable(app, name, { value: next }),
    onSuccess() {
      void message.success(t('environment.saved', { name: label }))
      void cache.invalidateQueries({ queryKey: ['admin', 'variables'] })
    },
    onError: (problem) => void message.error(reason(problem)),
  })
  const next = written.trim()
  const unset = value === null && variable.default === null
  return (
    <Space.Compact className={styles.value ?? ''}>
      <Input
        value={written}
        maxLength={1000}
        status={unset ? 'warning' : ''}
        aria-label={label}
        placeholder={
          variable.default === null ? t('environment.unset') : t('environment.default', { value: variable.default })
        }
        suffix={unset ? <TonePill tone="warning">{t('environment.unset')}</TonePill> : undefined}
        onChange={(event) => setWritten(event.target.value)}
        onPressEnter={() => next !== (value ?? '') && save.mutate(next)}
      />
      <Button
        aria-label={t('environment.saveOf', { name: label })}
        disabled={next === (value ?? '')}
        loading={save.isPending}
        onClick={() => save.mutate(next)}
      >
        {t('shell:save')}
      </Button>
    </Space.Compact>
  )
}
