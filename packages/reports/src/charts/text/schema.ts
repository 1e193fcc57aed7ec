import { Closed, named, Text } from '@tenon/engine'
import { widgetHead } from '../widget-base.ts'

/** Words on a board: plain text, line breaks kept. */
export const TextWidget = Closed(
  { ...widgetHead('text'), text: named(Text, '文字', 'Text', 'Plain text, line breaks kept.') },
  { title: 'Text', 'x-ui': { titles: { 'zh-CN': '文字', en: 'Text' } } },
)
