import {
  AppstoreOutlined,
  CalendarOutlined,
  EnvironmentOutlined,
  PicLeftOutlined,
  ProjectOutlined,
  TableOutlined,
} from '@ant-design/icons'
import type { ViewTypeName } from '@tenon/engine'
import type { ReactNode } from 'react'

/** The sign of each type of view; one without a sign does not compile. */
export const viewIcons: { readonly [K in ViewTypeName]: ReactNode } = {
  table: <TableOutlined />,
  kanban: <ProjectOutlined />,
  calendar: <CalendarOutlined />,
  gantt: <PicLeftOutlined />,
  gallery: <AppstoreOutlined />,
  map: <EnvironmentOutlined />,
}
