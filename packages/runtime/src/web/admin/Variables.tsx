import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Space, Table, type TableColumnType } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VariableView } from '../../contract/index.ts'
import { Moment } from '../../ui/show/Moment.tsx'
import { usePhone } from '../../ui/theme/use-phone.ts'
import { client } from '../shell/client.ts'
import { useReason } from '../shell/problems.ts'
import styles from './admin.module.css'

type Props = { readonly items: readonly VariableView[]; readonly labelOf: (app: string) => string }

/** The variables of all apps with what they are set to here. */
export function Variables({ items, labelOf }: Props) {
  const { t } = useTranslation('admin')
  const phone = usePhone()
  const columns: TableColumnType<VariableView>[] = [
    {
      key: 'name',
      title: t('environment.variable'),
      ...(phone ? {} : { width: 260 }),
      render: (_, variable) => (
        <>
          <div>{variable.label}</div>
          <div className={styles.small}>
            {[labelOf(variable.app), variable.description].filter((part) => part).join(' · ')}
          </div>
          {phone && <Value variable={variable} />}
        </>
      ),
    },
    ...(phone
      ? []
      : [
          {
            key: 'value',
            title: t('environment.value'),
            render: (_: unknown, variable: VariableView) => <Value variable={variable} />,
          },
        ]),
    {
      key: 'updated',
      title: t('environment.updated'),
      width: phone ? 96 : 150,
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
