import type { RJSFSchema, UiSchema } from '@rjsf/utils'
import { evaluateForm, type FormModel, formSchema, type Locale, type Mask, type RecordData } from '@tenon/engine'
import type { FormSetup } from '@tenon/runtime/ui'

type Asked = {
  readonly form: FormModel
  readonly mode: 'create' | 'task'
  readonly mask: Mask | null
  readonly data: RecordData
  readonly now: number
  readonly zone: string
  readonly locale: Locale
}

/** The real form of the draft with rights to everything: what the step's field matrix says is the only limit. */
export function trySetup({ form, mode, mask, data, now, zone, locale }: Asked): FormSetup {
  const isOpen = (field: string) => mode === 'create' || ['edit', 'required'].includes(mask?.[field] ?? '')
  const rights = new Map(
    [...form.fields.keys()].map((field) => [field, isOpen(field) ? ('edit' as const) : ('read' as const)]),
  )
  const { schema, uiSchema } = formSchema(form, {
    mode: mode === 'create' ? 'create' : 'edit',
    mask: mask ?? undefined,
    rights,
    locale,
  })
  const facts = { now, zone }
  return {
    form,
    mode,
    mask,
    rights: Object.fromEntries(rights),
    schema: schema as RJSFSchema,
    uiSchema: uiSchema as UiSchema,
    data: mode === 'create' ? { ...defaultsOf(form, rights, facts), ...data } : data,
    version: mode === 'create' ? null : 1,
    facts,
  }
}

function defaultsOf(
  form: FormModel,
  rights: ReadonlyMap<string, 'edit' | 'read'>,
  facts: { now: number; zone: string },
): RecordData {
  const { fields } = evaluateForm(form, {
    mode: 'create',
    data: {},
    facts: { ...facts, record: {}, linked: () => undefined },
    rights,
  })
  return Object.fromEntries([...fields].flatMap(([field, { value }]) => (value === null ? [] : [[field, value]])))
}
