import {
  AlignLeftOutlined,
  ApartmentOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ClockCircleOutlined,
  DollarOutlined,
  DownCircleOutlined,
  FieldNumberOutlined,
  FieldTimeOutlined,
  FontSizeOutlined,
  FunctionOutlined,
  LinkOutlined,
  MailOutlined,
  NumberOutlined,
  PaperClipOutlined,
  PercentageOutlined,
  PhoneOutlined,
  StarOutlined,
  StepForwardOutlined,
  TableOutlined,
  TagsOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { FieldTypeName } from '@tenon/engine'
import type { ReactNode } from 'react'

/** A sign for each type of field: a type without one does not compile. */
const icons: { readonly [K in FieldTypeName]: ReactNode } = {
  text: <FontSizeOutlined />,
  longText: <AlignLeftOutlined />,
  number: <NumberOutlined />,
  money: <DollarOutlined />,
  percent: <PercentageOutlined />,
  rating: <StarOutlined />,
  boolean: <CheckSquareOutlined />,
  date: <CalendarOutlined />,
  dateTime: <FieldTimeOutlined />,
  duration: <ClockCircleOutlined />,
  select: <DownCircleOutlined />,
  multiSelect: <TagsOutlined />,
  user: <UserOutlined />,
  department: <ApartmentOutlined />,
  link: <LinkOutlined />,
  formula: <FunctionOutlined />,
  serial: <FieldNumberOutlined />,
  phone: <PhoneOutlined />,
  email: <MailOutlined />,
  file: <PaperClipOutlined />,
  table: <TableOutlined />,
  stage: <StepForwardOutlined />,
}

export const TypeIcon = ({ type }: { type: FieldTypeName }) => icons[type]
