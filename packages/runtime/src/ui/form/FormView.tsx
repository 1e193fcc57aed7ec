import Form from '@rjsf/core/lib/components/Form.js'
import type { FieldProps, ObjectFieldTemplateProps, RJSFSchema, UiSchema } from '@rjsf/utils'
import type { FieldValue, RecordData } from '@tenon/engine'
import { type ComponentProps, useCallback, useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import { FormFactsProvider } from '../show/FormFacts.tsx'
import { ShownFormProvider } from '../show/ShownForm.tsx'
import { FieldBox } from './FieldBox.tsx'
import { FormFrame, GridCell, SectionGrid } from './FormGrid.tsx'
import { SectionFrame } from './SectionFrame.tsx'
import { sectionsOf, sectionTitle } from './sections.ts'
import { TabbedSections } from './TabbedSections.tsx'
import type { FormSession } from './use-form-session.ts'
import { formValidator } from './validator.ts'

type FormContext = {
  readonly session: FormSession
  readonly only: ((field: string) => boolean) | undefined
  readonly plain: boolean
}
type Props = {
  readonly session: FormSession
  /** Only these fields; absent: all that are visible. */
  readonly only?: (field: string) => boolean
  /** Without section titles, for the few fields of one step. */
  readonly plain?: boolean
  readonly label: string
}

const contextOf = (registry: { formContext: unknown }) => registry.formContext as FormContext

const noProblems: readonly string[] = []

/** rjsf's place for one property: everything about it is known to the session. */
function EngineField({ name, fieldPathId, formData, onChange, registry }: FieldProps) {
  const { session } = contextOf(registry)
  // rjsf has other functions for every key; a field is drawn again only when it shows something else.
  const latest = useRef({ onChange, session, path: fieldPathId.path })
  latest.current = { onChange, session, path: fieldPathId.path }
  const change = useCallback((value: FieldValue) => latest.current.onChange(value, latest.current.path), [])
  const leave = useCallback(() => latest.current.session.touch(name), [name])
  const model = session.setup.form.fields.get(name)
  const state = session.state.fields.get(name)
  if (!model || !state?.visible) return null
  return (
    <FieldBox
      field={model}
      id={fieldPathId.$id}
      value={(formData ?? null) as FieldValue}
      editable={state.editable}
      required={state.required}
      problems={session.shown.get(name) ?? noProblems}
      places={session.places.get(name)}
      onChange={change}
      onBlur={leave}
    />
  )
}

/** The root: properties by the author's sections, columns and spans. */
function FormLayout({ properties, registry }: ObjectFieldTemplateProps) {
  const { session, only, plain } = contextOf(registry)
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const { form } = session.setup
  const sections = useMemo(() => sectionsOf(form), [form])
  const contents = new Map(properties.map((property) => [property.name, property.content]))
  const shown = (field: string) =>
    session.state.fields.get(field)?.visible === true && contents.has(field) && (only?.(field) ?? true)
  // The few fields of one step stand together, wherever they are on the form.
  const Sections = plain ? InOneRow : TabbedSections
  return (
    <FormFrame>
      <Sections
        form={form}
        sections={sections}
        problems={session.shown}
        draw={(section) => {
          const items = section.items.filter(({ field }) => shown(field))
          if (items.length === 0) return null
          const label = sectionTitle(section, sections.length, locale, t('otherFields'))
          return (
            <SectionFrame
              key={section.id}
              title={plain ? '' : label}
              collapsed={section.collapsed}
              foldable={section.collapsed}
            >
              <SectionGrid columns={section.columns}>
                {items.map(({ field, span }) => (
                  <GridCell key={field} span={span}>
                    {contents.get(field)}
                  </GridCell>
                ))}
              </SectionGrid>
            </SectionFrame>
          )
        }}
      />
    </FormFrame>
  )
}

const InOneRow = ({ sections, draw }: Pick<ComponentProps<typeof TabbedSections>, 'sections' | 'draw'>) =>
  sections.map(draw)

const bare = ({ children }: { children: React.ReactElement }) => children
const templates = { ObjectFieldTemplate: FormLayout, FieldTemplate: bare }
const fields = { engine: EngineField }
const behaviour = { emptyObjectFields: 'skipDefaults' } as const

/** A form on an engine model: rjsf places and connects the fields, the engine says what each may be. */
export function FormView({ session, only, plain = false, label }: Props) {
  const prefix = useId().replaceAll(/[^a-zA-Z0-9]/g, '')
  const { form, schema } = session.setup
  const drawn = useMemo<RJSFSchema>(() => {
    const known = (schema.properties ?? {}) as Record<string, RJSFSchema>
    // Every field has a place, also those that hold no entered value and therefore are in no schema.
    // Rows are a value of their own to rjsf, which would fill in rows nobody added and draws nothing of an empty schema.
    const properties = Object.fromEntries(
      form.definition.fields.map(({ id }) => [id, form.fields.get(id)?.rows ? { title: id } : (known[id] ?? {})]),
    )
    return { type: 'object', properties }
  }, [form, schema])
  const uiSchema = useMemo<UiSchema>(
    () => ({
      'ui:submitButtonOptions': { norender: true },
      ...Object.fromEntries(form.definition.fields.map(({ id }) => [id, { 'ui:field': 'engine' }])),
    }),
    [form],
  )
  const context = useMemo<FormContext>(() => ({ session, only, plain }), [session, only, plain])
  return (
    <FormFactsProvider value={session.setup.facts}>
      <ShownFormProvider form={form}>
        <Form
          tagName="div"
          idPrefix={prefix}
          schema={drawn}
          uiSchema={uiSchema}
          formData={session.values}
          formContext={context}
          validator={formValidator}
          templates={templates as never}
          fields={fields}
          noValidate
          noHtml5Validate
          showErrorList={false}
          experimental_defaultFormStateBehavior={behaviour}
          onChange={({ formData }) => session.replace((formData ?? {}) as RecordData)}
          {...({ 'aria-label': label, role: 'form' } as object)}
        >
          {null}
        </Form>
      </ShownFormProvider>
    </FormFactsProvider>
  )
}
