import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseLine } from '../spelling.ts'
import { addressPattern, maxLength, readWebAddress } from './web-address.ts'

export const url: FieldBehaviour<'url'> = {
  name: 'url',
  title: { 'zh-CN': '网址', en: 'Web address' },
  schema: fieldSchemas.url,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: true },
  valueType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength, pattern: addressPattern }),
  normalise(raw) {
    const line = normaliseLine(raw, maxLength)
    if (!line.ok || line.value === null) return line
    const address = readWebAddress(line.value)
    return address === undefined ? refuse('field.notUrl') : ok(address)
  },
  toText: (value) => (typeof value === 'string' ? value : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'url', id: 'website', label: '官网' },
      raw: ' WWW.Example.com/Manual?id=7 ',
      value: 'https://www.example.com/Manual?id=7',
      text: 'https://www.example.com/Manual?id=7',
    },
    {
      field: { type: 'url', id: 'tracking', label: '物流查询' },
      raw: 'http：／／物流.中国/单号/42',
      value: 'http://物流.中国/单号/42',
      text: 'http://物流.中国/单号/42',
    },
  ],
}
