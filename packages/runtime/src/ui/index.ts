/** The widgets every page draws with: staff app, designer, portal. They reach no network (see `UiEnvironment`). */
export { Dialog, useFocusBack } from './controls/Dialog.tsx'
export { DropMenu } from './controls/DropMenu.tsx'
export { FilePicker } from './controls/FilePicker.tsx'
export { PeopleSelect } from './controls/PeopleSelect.tsx'
export { PersonSelect } from './controls/PersonSelect.tsx'
export { RemoteSelect } from './controls/RemoteSelect.tsx'
export {
  type Choice,
  emptyEnvironment,
  type Ref,
  type Refs,
  RefsProvider,
  type UiEnvironment,
  UiEnvironmentProvider,
  useKnownRef,
  useRefs,
  useRemember,
  useUi,
} from './environment.tsx'
export type { EditProps, FieldFace, ShowProps } from './fields/contract.ts'
export { FieldValueView, isBlank } from './fields/FieldValueView.tsx'
export { faceOf, fieldFaces } from './fields/index.ts'
export { FieldBox } from './form/FieldBox.tsx'
export { FormFrame, GridCell, SectionGrid } from './form/FormGrid.tsx'
export { FormView } from './form/FormView.tsx'
export { ReadSections } from './form/ReadSections.tsx'
export { type PlacedSection, sectionsOf } from './form/sections.ts'
export { type FormMode, type FormSession, type FormSetup, useFormSession } from './form/use-form-session.ts'
export { formValidator, schemaProblems } from './form/validator.ts'
export { Countdown, clockTone, type ShownClock } from './show/Countdown.tsx'
export * from './show/format.ts'
export { Moment } from './show/Moment.tsx'
export { serverNow, setServerTime, useMinute, useSecond } from './show/now.ts'
export { Blank, Initial, Person } from './show/Person.tsx'
export { ShownFormProvider } from './show/ShownForm.tsx'
export { stageTone } from './show/stage-tone.ts'
export { TonePill } from './show/TonePill.tsx'
export { uiTexts } from './texts.ts'
export { antdTheme } from './theme/antd-theme.ts'
export { nonceForStyles } from './theme/style-nonce.ts'
export { applyTokens, type Mode, tokens } from './theme/tokens.ts'
export { usePhone } from './theme/use-phone.ts'
