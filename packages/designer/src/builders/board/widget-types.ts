import { type BoardDefinition, type WidgetType, widgetSchemas } from '@tenon/reports'

export const widgetTypes = Object.keys(widgetSchemas) as readonly WidgetType[]
export type EditBoard = (label: string, change: (board: BoardDefinition) => BoardDefinition, key?: string) => void

/** What a kind of chart is called: its schema says so. */
export function typeName(type: WidgetType, locale: 'zh-CN' | 'en'): string {
  const ui = (widgetSchemas[type] as { 'x-ui'?: { titles?: { readonly [locale: string]: string } } })['x-ui']
  return ui?.titles?.[locale] ?? type
}
