import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseSpelled } from '../spelling.ts'

/** Inside China: mobile, landline with its area code (less the leading 0), 400 and 800 numbers. */
const mobile = /^1[3-9]\d{9}$/
const landline = /^(10|2\d|[3-9]\d{2})(\d{7,8})$/
const shared = /^[48]00\d{7}$/
const inChina = (digits: string): boolean => mobile.test(digits) || landline.test(digits) || shared.test(digits)
/** ITU-T E.164 §6: at most 15 digits after the plus. */
const international = /^\+[1-9]\d{6,14}$/

/** E.164 of a compact number; undefined if it is none. Without a country code it is a Chinese one. */
function e164(compact: string): string | undefined {
  const text = compact
    .replace(/^00(?=[1-9])/, '+')
    .replace(/^86(?=1[3-9]\d{9}$)/, '+86')
    .replace(/^\+860+/, '+86')
  if (text.startsWith('+86')) return inChina(text.slice(3)) ? text : undefined
  if (text.startsWith('+')) return international.test(text) ? text : undefined
  if (mobile.test(text) || shared.test(text)) return `+86${text}`
  return text.startsWith('0') && landline.test(text.slice(1)) ? `+86${text.slice(1)}` : undefined
}

/** `+86…` as people in China write it: `138 0013 8000`, `0755-12345678`. */
function chinese(digits: string): string {
  if (mobile.test(digits)) return digits.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
  if (shared.test(digits)) return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3')
  return digits.replace(landline, '0$1-$2')
}

/** E.164, with an extension as RFC 3966 writes it: `+861088886666;ext=801`. */
export const phone: FieldBehaviour<'phone'> = {
  name: 'phone',
  title: { 'zh-CN': '电话', en: 'Phone' },
  schema: fieldSchemas.phone,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: true },
  valueType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', pattern: '^\\+[1-9]\\d{6,14}(;ext=\\d{1,6})?$' }),
  normalise: (raw) =>
    normaliseSpelled(raw, (text) => {
      const [, main = '', extension] =
        /^(.*?)(?:\s*(?:;\s*ext=|转|分机|ext\.?|x|#)\s*(\d{1,6}))?$/i.exec(text.replace(/^tel:/i, '')) ?? []
      const [, body = '', trailing] =
        extension === undefined ? (/^(0\d{2,3}-\d{7,8})-(\d{1,6})$/.exec(main) ?? [null, main]) : [null, main]
      if (/[^\d\s().+-]/.test(body)) return refuse('field.notPhone')
      const number = e164(body.replace(/[\s().-]/g, ''))
      const ext = extension ?? trailing
      return number === undefined ? refuse('field.notPhone') : ok(ext === undefined ? number : `${number};ext=${ext}`)
    }),
  toText(value, _field, { locale }) {
    if (typeof value !== 'string') return ''
    const [number = '', ext] = value.split(';ext=')
    const shown = number.startsWith('+86') && locale === 'zh-CN' ? chinese(number.slice(3)) : number
    return ext === undefined ? shown : `${shown} ${locale === 'zh-CN' ? '转' : 'ext.'} ${ext}`
  },
  compare: byText,
  examples: [
    {
      field: { type: 'phone', id: 'mobile', label: '手机' },
      raw: '１３８ 0013 8000',
      value: '+8613800138000',
      text: '+8613800138000',
    },
    {
      field: { type: 'phone', id: 'office', label: '办公电话' },
      raw: '(010) 8888-6666 转 801',
      value: '+861088886666;ext=801',
      text: '+861088886666 ext. 801',
    },
  ],
}
