import { ok } from '../../kernel/result.ts'
import { byText } from '../compare.ts'
import type { FieldBehaviour } from '../contract.ts'
import { refuse } from '../problems.ts'
import { fieldSchemas } from '../schemas.ts'
import { normaliseSpelled } from '../spelling.ts'

// RFC 5321 §4.1.2 without quoted local parts, comments and address literals: nobody's real address needs them here.
const address =
  /^(?=.{1,254}$)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u

export const email: FieldBehaviour<'email'> = {
  name: 'email',
  title: { 'zh-CN': '邮箱', en: 'E-mail' },
  schema: fieldSchemas.email,
  traits: { holdsValue: true, entered: true, multiple: false, sortable: true, aggregatable: false, searchable: true },
  valueType: () => ({ kind: 'text' }),
  valueSchema: () => ({ type: 'string', maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' }),
  normalise: (raw) =>
    normaliseSpelled(raw, (text) => {
      const bare = text.replace(/^mailto:/i, '')
      if (!address.test(bare)) return refuse('field.notEmail')
      const at = bare.lastIndexOf('@')
      // Only the domain: the part before it belongs to the receiver and may distinguish case (RFC 5321 §2.4).
      return ok(bare.slice(0, at) + bare.slice(at).toLowerCase())
    }),
  toText: (value) => (typeof value === 'string' ? value : ''),
  compare: byText,
  examples: [
    {
      field: { type: 'email', id: 'email', label: '邮箱' },
      raw: ' Wang.Fang＠Example.COM ',
      value: 'Wang.Fang@example.com',
      text: 'Wang.Fang@example.com',
    },
    { field: { type: 'email', id: 'invoice_to', label: '发票邮箱' }, raw: '', value: null, text: '' },
  ],
}
