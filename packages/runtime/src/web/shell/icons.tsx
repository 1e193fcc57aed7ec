import {
  AlertOutlined,
  ApartmentOutlined,
  AppstoreOutlined,
  BarChartOutlined,
  BellOutlined,
  BookOutlined,
  CalendarOutlined,
  CarOutlined,
  ContactsOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  DollarOutlined,
  FileTextOutlined,
  FlagOutlined,
  FormOutlined,
  HeartOutlined,
  HomeOutlined,
  InboxOutlined,
  LineChartOutlined,
  MessageOutlined,
  PhoneOutlined,
  PieChartOutlined,
  ProfileOutlined,
  ProjectOutlined,
  ReadOutlined,
  SafetyOutlined,
  SettingOutlined,
  ShopOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  StarOutlined,
  TagOutlined,
  TeamOutlined,
  ToolOutlined,
  TruckOutlined,
  UnorderedListOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

// A definition names an icon; only these are in the bundle, anything else falls back to its kind's own.
const byName: { readonly [name: string]: ComponentType } = {
  alert: AlertOutlined,
  apartment: ApartmentOutlined,
  appstore: AppstoreOutlined,
  'bar-chart': BarChartOutlined,
  bell: BellOutlined,
  book: BookOutlined,
  calendar: CalendarOutlined,
  project: ProjectOutlined,
  car: CarOutlined,
  contacts: ContactsOutlined,
  'customer-service': CustomerServiceOutlined,
  dashboard: DashboardOutlined,
  dollar: DollarOutlined,
  'file-text': FileTextOutlined,
  flag: FlagOutlined,
  form: FormOutlined,
  heart: HeartOutlined,
  home: HomeOutlined,
  inbox: InboxOutlined,
  'line-chart': LineChartOutlined,
  message: MessageOutlined,
  phone: PhoneOutlined,
  'pie-chart': PieChartOutlined,
  profile: ProfileOutlined,
  read: ReadOutlined,
  safety: SafetyOutlined,
  setting: SettingOutlined,
  shop: ShopOutlined,
  shopping: ShoppingOutlined,
  solution: SolutionOutlined,
  star: StarOutlined,
  tag: TagOutlined,
  team: TeamOutlined,
  tool: ToolOutlined,
  truck: TruckOutlined,
  'unordered-list': UnorderedListOutlined,
  user: UserOutlined,
  warning: WarningOutlined,
}

/** Names a definition may use. */
export const iconNames: readonly string[] = Object.keys(byName)

const kebab = (name: string) =>
  name
    .replace(/(Outlined|Filled)$/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()

export function NamedIcon({ name, kind }: { name?: string | undefined; kind: 'page' | 'form' | 'board' }) {
  const own = name === undefined ? undefined : byName[kebab(name)]
  const Icon = own ?? { page: InboxOutlined, form: ProfileOutlined, board: BarChartOutlined }[kind]
  return <Icon />
}
