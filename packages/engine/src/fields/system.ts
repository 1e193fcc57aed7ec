import type { FieldModel } from '../model.ts'
import type { Field } from './schemas.ts'

/**
 * What the fields that every record has would be if somebody had authored them: their labels and their type, so that
 * texts, filters and columns treat them like any other field.
 */
export const systemFieldDefinitions: ReadonlyMap<string, Field> = new Map(
  (
    [
      { id: 'id', type: 'text', label: { 'zh-CN': '记录标识', en: 'Record id' } },
      { id: 'title', type: 'text', label: { 'zh-CN': '标题', en: 'Title' }, maxLength: 1000 },
      { id: 'created_at', type: 'dateTime', label: { 'zh-CN': '创建时间', en: 'Created at' } },
      { id: 'created_by', type: 'user', label: { 'zh-CN': '创建人', en: 'Created by' } },
      { id: 'updated_at', type: 'dateTime', label: { 'zh-CN': '更新时间', en: 'Updated at' } },
      { id: 'updated_by', type: 'user', label: { 'zh-CN': '更新人', en: 'Updated by' } },
      { id: 'version', type: 'number', label: { 'zh-CN': '版本', en: 'Version' }, min: 1 },
    ] satisfies Field[]
  ).map((field) => [field.id, field]),
)

const system = (id: string, value: FieldModel['value'], target?: FieldModel['target']): FieldModel => ({
  id,
  definition: undefined,
  system: true,
  value,
  target,
  stored: true,
})

/** The system fields as every form has them beside its own. */
export const systemFields: readonly FieldModel[] = [
  system('id', { kind: 'text' }),
  system('title', { kind: 'text' }),
  system('created_at', { kind: 'instant' }),
  system('created_by', { kind: 'reference' }, { kind: 'user' }),
  system('updated_at', { kind: 'instant' }),
  system('updated_by', { kind: 'reference' }, { kind: 'user' }),
  system('version', { kind: 'integer' }),
]
