import { DeleteOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { resolveText } from '@tenon/engine'
import { Alert, App, Button, DatePicker, Drawer, Flex, Form, Input, InputNumber, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeUser, CreateUser, UserView } from '../../contract/index.ts'
import { RefsProvider, useUi } from '../../ui/environment.tsx'
import { client } from '../shell/client.ts'
import { usePreferences } from '../shell/preferences.ts'
import { useReason } from '../shell/problems.ts'
import { PersonItem } from './PersonItem.tsx'
import { useDepartments, useRoles } from './use-directory.ts'

type Entered = {
  username?: string
  name: string
  password?: string
  email?: string
  phone?: string
  department?: string | null
  superior?: string | null
  grants: string[]
  skills: string[]
  skillLevels: { readonly [skill: string]: number }
  certifications: { name: string; until: string | null }[]
  languages: string[]
  regions: string[]
  capacity: number | null
  active: boolean
  away: boolean
  admin: boolean
}
const noRefs = {}
const blank = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim()

/** One person: everything about her that rules, rights and assignment look at. */
export function UserDrawer({ user, onClose }: { user: UserView | undefined; onClose: () => void }) {
  const superior = useQuery({
    queryKey: ['person', user?.superior],
    enabled: Boolean(user?.superior),
    queryFn: () => client.people({ ids: user?.superior ?? '' }),
  })
  const person = superior.data?.items[0]
  const refs = person
    ? { [person.id]: { kind: 'user', name: person.name, username: person.username } as const }
    : noRefs
  return (
    <RefsProvider refs={refs}>
      <Content user={user} onClose={onClose} />
    </RefsProvider>
  )
}

function Content({ user, onClose }: { user: UserView | undefined; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'shell'])
  const { locale } = usePreferences()
  const { searchPeople } = useUi()
  const { message } = App.useApp()
  const reason = useReason()
  const cache = useQueryClient()
  const departments = useDepartments()
  const roles = useRoles()
  const search = useCallback((q: string) => searchPeople(q), [searchPeople])
  const save = useMutation({
    mutationFn: (entered: Entered) => {
      const body: ChangeUser = {
        name: entered.name.trim(),
        email: blank(entered.email),
        phone: blank(entered.phone),
        department: entered.department ?? null,
        superior: entered.superior ?? null,
        skills: entered.skills,
        skillLevels: Object.fromEntries(
          entered.skills.flatMap((skill) => (entered.skillLevels[skill] ? [[skill, entered.skillLevels[skill]]] : [])),
        ),
        certifications: entered.certifications,
        languages: entered.languages,
        regions: entered.regions,
        capacity: entered.capacity ?? 0,
        active: entered.active,
        away: entered.away,
        admin: entered.admin,
        grants: entered.grants.map((grant) => {
          const [app = '', role = ''] = grant.split('/')
          return { app, role }
        }),
        ...(entered.password ? { password: entered.password } : {}),
      }
      return user
        ? client.admin.changeUser(user.id, body)
        : client.admin.createUser({
            ...body,
            username: entered.username ?? '',
            name: entered.name,
            password: entered.password ?? '',
          } as CreateUser)
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ['admin'] })
      void message.success(t('saved'))
      onClose()
    },
  })
  const initial: Entered = {
    name: user?.name ?? '',
    email: user?.email ?? '',
    phone: user?.phone ?? '',
    department: user?.department ?? null,
    superior: user?.superior ?? null,
    grants: (user?.grants ?? []).map(({ app, role }) => `${app}/${role}`),
    skills: [...(user?.skills ?? [])],
    skillLevels: user?.skillLevels ?? {},
    certifications: (user?.certifications ?? []).map((one) => ({ ...one })),
    languages: [...(user?.languages ?? [])],
    regions: [...(user?.regions ?? [])],
    capacity: user?.capacity ?? 10,
    active: user?.active ?? true,
    away: user?.away ?? false,
    admin: user?.admin ?? false,
  }
  const required = [{ required: true, message: t('required') }]
  return (
    <Drawer
      open
      size={480}
      title={user ? user.name : t('users.add')}
      onClose={onClose}
      footer={
        <Button type="primary" form="user-form" htmlType="submit" loading={save.isPending}>
          {t('shell:save')}
        </Button>
      }
    >
      {save.error && <Alert type="error" showIcon title={reason(save.error)} style={{ marginBottom: 12 }} />}
      <Form<Entered>
        id="user-form"
        layout="vertical"
        initialValues={initial}
        onFinish={(entered) => save.mutate(entered)}
      >
        {!user && (
          <Form.Item
            name="username"
            label={t('shell:signIn.username')}
            extra={t('shell:setup.usernameRule')}
            rules={[
              { required: true, pattern: /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,59}$/, message: t('shell:setup.usernameRule') },
            ]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        )}
        <Form.Item name="name" label={t('users.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="password"
          label={user ? t('users.newPassword') : t('shell:signIn.password')}
          extra={user ? t('users.newPasswordHint') : t('shell:setup.passwordRule')}
          rules={[{ required: !user, min: 10, message: t('shell:setup.passwordRule') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="grants" label={t('users.roles')}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={roles.map((role) => ({
              value: `${role.app}/${role.role}`,
              label: `${resolveText(role.appLabel, locale)} · ${resolveText(role.label, locale)}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="department" label={t('users.department')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={departments.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <Form.Item name="superior" label={t('users.superior')} extra={t('users.superiorHint')}>
          <PersonItem search={search} placeholder={t('users.superior')} />
        </Form.Item>
        <Form.Item name="email" label={t('users.email')}>
          <Input type="email" maxLength={200} />
        </Form.Item>
        <Form.Item name="phone" label={t('users.phone')}>
          <Input type="tel" maxLength={40} />
        </Form.Item>
        <Form.Item name="skills" label={t('users.skills')} extra={t('users.wordsHint')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item noStyle shouldUpdate={(before, after) => before.skills !== after.skills}>
          {({ getFieldValue }) => <SkillLevels skills={getFieldValue('skills') as string[]} />}
        </Form.Item>
        <Certificates />
        <Form.Item name="languages" label={t('users.languages')} extra={t('users.wordsHint')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="regions" label={t('users.regions')} extra={t('users.wordsHint')}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="capacity" label={t('users.capacity')} extra={t('users.capacityHint')}>
          <InputNumber min={0} max={10_000} precision={0} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="away" label={t('users.away')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="admin" label={t('users.admin')} valuePropName="checked" extra={t('users.adminHint')}>
          <Switch />
        </Form.Item>
        <Form.Item name="active" label={t('users.mayLogin')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Drawer>
  )
}

/** How well she has each of the skills entered above. */
function SkillLevels({ skills }: { skills: readonly string[] }) {
  const { t } = useTranslation('admin')
  if (skills.length === 0) return null
  return (
    <Form.Item label={t('users.skillLevels')} extra={t('users.levelsHint')}>
      <Flex vertical gap={4}>
        {skills.map((skill) => (
          <Flex key={skill} align="center" gap={12}>
            <span style={{ minWidth: 96 }}>{skill}</span>
            <Form.Item name={['skillLevels', skill]} noStyle initialValue={1}>
              <Select
                size="small"
                aria-label={t('users.levelOf', { skill })}
                style={{ width: 72 }}
                options={[1, 2, 3, 4, 5].map((value) => ({ value, label: value }))}
              />
            </Form.Item>
          </Flex>
        ))}
      </Flex>
    </Form.Item>
  )
}

function Certificates() {
  const { t } = useTranslation(['admin', 'shell'])
  return (
    <Form.Item label={t('users.certifications')} extra={t('users.certificatesHint')}>
      <Form.List name="certifications">
        {(rows, { add, remove }) => (
          <Flex vertical gap={8}>
            {rows.map(({ key, name }) => (
              <Flex key={key} gap={8}>
                <Form.Item
                  name={[name, 'name']}
                  style={{ flex: 1, marginBottom: 0 }}
                  rules={[{ required: true, whitespace: true, message: t('required') }]}
                >
                  <Input maxLength={60} aria-label={t('users.certificate')} placeholder={t('users.certificate')} />
                </Form.Item>
                <Form.Item name={[name, 'until']} noStyle>
                  <UntilPicker />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('users.dropCertificate')}
                  onClick={() => remove(name)}
                />
              </Flex>
            ))}
            <Button style={{ alignSelf: 'start' }} onClick={() => add({ name: '', until: null })}>
              {t('users.addCertificate')}
            </Button>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  )
}

function UntilPicker({
  id,
  value = null,
  onChange,
}: {
  id?: string
  value?: string | null
  onChange?: (value: string | null) => void
}) {
  const { t } = useTranslation('admin')
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      aria-label={t('users.until')}
      placeholder={t('users.forGood')}
      value={value === null ? null : dayjs(value)}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
    />
  )
}
