import { plainName } from './model.ts'
import { attribute, childNamed, childrenNamed, type Element } from './xml.ts'

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r')}"`

/** A value of the kit (input or expected result) as a FEEL literal. */
export function feelLiteral(holder: Element): string {
  const list = childNamed(holder, 'list')
  if (list)
    return attribute(list, 'nil') === 'true' ? 'null' : `[${childrenNamed(list, 'item').map(feelLiteral).join(', ')}]`
  const components = childrenNamed(holder, 'component')
  if (components.length > 0)
    return `{${components.map((each) => `${quoted(plainName(attribute(each, 'name')))}: ${feelLiteral(each)}`).join(', ')}}`
  const value = childNamed(holder, 'value')
  if (!value || attribute(value, 'nil') === 'true' || attribute(holder, 'nil') === 'true') return 'null'
  return scalar(attribute(value, 'type').replace(/^.*:/, ''), value.text)
}

function scalar(type: string, text: string): string {
  if (type === 'boolean') return text.trim()
  if (type === 'decimal' || type === 'double' || type === 'integer' || type === 'int')
    return /^[+-]?(INF|NaN)$/.test(text.trim()) ? 'null' : text.trim()
  if (type === 'date' || type === 'time' || type === 'dateTime' || type === 'duration') return `@"${text.trim()}"`
  return quoted(text)
}
