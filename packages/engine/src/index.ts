/** The public door of the engine: what a definition means and what happens next. */

export {
  type AppRight,
  appRights,
  type FieldRight,
  fieldRights,
  mayDo,
  mayGrant,
  mayUseApp,
  type RecordAccess,
  rightsOn,
} from './access/access.ts'
export { contactOf, isForContacts, trackingOf } from './access/contacts.ts'
export { rolesIn } from './access/entries.ts'
export { type ReadScope, type RowScope, readScope, scopeOn } from './access/read-scope.ts'
export { isOpenTo, type NotForStrangers, notForStrangers, publicFields } from './access/strangers.ts'
export type { Action, ActionTypeName } from './actions/schemas.ts'
export { actionSchemas } from './actions/schemas.ts'
export { assignables } from './assignment/assignables.ts'
export { checkAssignments } from './assignment/check-assignments.ts'
export {
  type Assignable,
  type AssignmentChoice,
  type AssignmentInput,
  choosePerson,
  type Ranked,
} from './assignment/choose-person.ts'
// Business time, clocks and assignment.
export { explainWhyNot, type ScoreDifference, type WhyNot } from './assignment/explain-why-not.ts'
export { type Calendar, compileCalendar, endOfTime, everyMinute } from './calendars/calendar.ts'
export { calendarFrom, calendarsOf, namedCalendarsOf } from './calendars/calendars-of.ts'
export { checkCalendar } from './calendars/check-calendar.ts'
export { chineseHolidays, type HolidayDay } from './calendars/chinese-holidays.ts'
// What the SQL twin of conditions and the report definitions share with the engine.
export { actionTypeNames, fieldTypeNames, fieldTypes, nodeTypeNames } from './catalogue.ts'
export { type ConditionScope, checkCondition } from './conditions/check.ts'
export {
  type Comparable,
  compareComparable,
  converters,
  type Family,
  familyOf,
  familyOfValues,
} from './conditions/comparable.ts'
export { compileCondition, isFormula, isLeaf, type Predicate } from './conditions/compile.ts'
export { compileValue, evaluateValue } from './conditions/evaluate-value.ts'
export { type ExplainedCondition, explainCondition } from './conditions/explain.ts'
export { metricLeaves, requestKey } from './conditions/metric.ts'
export { isRef } from './conditions/operand.ts'
export { type OperandShape, type OperatorSpec, operators, operatorsFor } from './conditions/operators.ts'
export { predicateOf } from './conditions/predicate-of.ts'
export {
  factReader,
  isBlank,
  linkedFormName,
  linkPath,
  type PathTarget,
  pathParts,
  readFact,
  refParts,
  resolvePath,
} from './conditions/read-fact.ts'
export { conditionReads } from './conditions/reads.ts'
export { shiftMonths, type Window, windowOf } from './conditions/window.ts'
export {
  compileDecision,
  type DecisionOutcome,
  type DecisionTable,
  type DecisionWarning,
} from './decisions/compile-decision.ts'
export { evaluateDecision, type TriedDecision } from './decisions/evaluate-decision.ts'
export { AppDefinition, NavigationItem, Portal, Role, Variable } from './definitions/app.ts'
export { AssignmentDefinition } from './definitions/assignment.ts'
export { buildApp, documentFile, documentPath, formLookup, variablesOf } from './definitions/build.ts'
export { CalendarDefinition } from './definitions/calendar.ts'
export { canonicalText } from './definitions/canonical.ts'
export type { ConditionScalar, ConditionValue, FactName, LeafCondition, OperatorName } from './definitions/condition.ts'
export { Condition, conditionDefs, factNames, operatorNames, Ref } from './definitions/condition.ts'
export { DecisionDefinition, type HitPolicy } from './definitions/decision.ts'
export { type AppDocument, appDocuments, documentsOfKinds } from './definitions/documents.ts'
export { type Element, elementsOf } from './definitions/elements.ts'
export type { NodeOf, NodeTypeName } from './definitions/flow.ts'
export { Edge, FlowDefinition, FlowGroup, FlowNode } from './definitions/flow.ts'
export type { RecordRight, StageCategory, Tone } from './definitions/form.ts'
export {
  AccessEntry,
  FormAction,
  FormDefinition,
  FormTab,
  PublicForm,
  recordRights,
  Section,
  Stage,
  tones,
} from './definitions/form.ts'
export type { DocumentKind, DocumentOf, EngineKind, SourceFile } from './definitions/kinds.ts'
export { documentKinds, documentSchemas, printedSchema } from './definitions/kinds.ts'
export { LadderStep, Limit } from './definitions/ladder.ts'
export { MessageDefinition } from './definitions/message.ts'
export { maxDocumentDepth, maxDocumentLength, parseDocument, parseFile } from './definitions/parse-document.ts'
export { ClockDefinition, clockTypes, PolicyDefinition } from './definitions/policy.ts'
export {
  type Reference,
  type ReferenceContext,
  referencesOf,
  type Target,
  whereUsed,
} from './definitions/references.ts'
export { type RecordEventName, RuleDefinition } from './definitions/rule.ts'
export { ScenarioDefinition } from './definitions/scenario.ts'
export { recordForm } from './definitions/scenario-records.ts'
export {
  about,
  absentMeans,
  askedFor,
  Closed,
  Day,
  Duration,
  type FieldUse,
  FormulaText,
  inPercent,
  keyedUnion,
  keysRefer,
  kindHead,
  named,
  OneOf,
  type ReferenceKind,
  type ReferenceRule,
  refers,
  Slug,
  Text,
  taggedUnion,
} from './definitions/schema.ts'
export {
  branchMeant,
  propertySchema,
  requiredOf,
  resolveSchema,
  type SchemaNode,
  schemaBranches,
  schemaProperties,
  settledSchema,
  tagOf,
} from './definitions/schema-walk.ts'
export { formMeant } from './definitions/sites.ts'
export { appOfTarget } from './definitions/target.ts'
export { ValueExpression, Who } from './definitions/value-expression.ts'
export type { Facts, MetricRequest, RecordFacts, UserFacts } from './facts.ts'
export { columnBehaviour, columnsOf, columnTypeNames, columnTypes } from './fields/columns.ts'
export { sameRow, sameValue } from './fields/compare.ts'
export type {
  AnyFieldBehaviour,
  Choice,
  FieldBehaviour,
  FieldProblem,
  FieldTraits,
  NormaliseContext,
  TextContext,
} from './fields/contract.ts'
export { minorUnits } from './fields/currency.ts'
export {
  behaviourOf,
  checkField,
  compareField,
  definitionOf,
  fieldLabel,
  fieldLabelText,
  fieldOptions,
  fieldToText,
  fieldValueSchema,
  normaliseField,
  sourceField,
  valueTypeOf,
} from './fields/field.ts'
export { isFieldFor } from './fields/field-uses.ts'
export {
  type Coordinates,
  coordinatesText,
  type Place,
  readPlace,
} from './fields/location/place.ts'
export { printTimeOfDay, readTimeOfDay } from './fields/moments.ts'
export { mergeRows, type RowChange, rowChanges } from './fields/rows.ts'
export type { FieldOf, FieldTypeName } from './fields/schemas.ts'
export {
  type Column,
  type ColumnTypeName,
  columnSchemas,
  Field,
  fieldSchemas,
  Option,
  systemFieldIds,
} from './fields/schemas.ts'
export { parseSerialPattern, type SerialPattern } from './fields/serial/pattern.ts'
export { splitList } from './fields/spelling.ts'
export { systemFieldDefinitions, systemFields } from './fields/system.ts'
export { isWebAddress, webAddressText } from './fields/url/web-address.ts'
export { flowGraph } from './flow/graph.ts'
export { type MigrationReason, migrate } from './flow/migrate.ts'
export { mappingOf, type NodeChoice, type Standing, standingOf } from './flow/stand.ts'
export { emptyInstance, transition } from './flow/transition.ts'
export type { FlowCommand, FlowEvent, InstanceSnapshot } from './flow/types.ts'
export { checkForm } from './forms/check-form.ts'
export { computedRows } from './forms/compiled-form.ts'
export { evaluateForm } from './forms/evaluate-form.ts'
export { formModel } from './forms/form-model.ts'
export { type FormSchema, type FormSchemaInput, formSchema, type SchemaSection } from './forms/form-schema.ts'
export { formModels, withLookups } from './forms/lookups.ts'
export { recompute } from './forms/recompute.ts'
export { isBegun, isCellVisible, type RowSurroundings, visibleRow, withDefaults } from './forms/rows.ts'
export type { Authority, FieldState, FormInput, FormState, Mask, Rights } from './forms/types.ts'
export { type FormulaNode, isPushable, pathOf, pushableFunctions, pushableParts } from './formulas/ast.ts'
export {
  compileFormula,
  compileUnaryTest,
  type Formula,
  type FormulaRead,
  type FormulaResult,
  type FormulaScope,
  type FormulaWarning,
  type UnaryTest,
} from './formulas/compile.ts'
export { evaluateFeel, type FeelOptions, type FeelOutcome } from './formulas/evaluate-feel.ts'
export { type FormulaReference, formulaReferences } from './formulas/formula-references.ts'
export { formulaFunctions } from './formulas/functions/builtins.ts'
export { parseFormula } from './formulas/parse.ts'
export { compareText } from './kernel/code-points.ts'
export { type FeelNumber, isFeelNumber, numberToText } from './kernel/decimal.ts'
export { formatDurationMs, parseDurationMs } from './kernel/duration.ts'
export { groupBy } from './kernel/group.ts'
export { type Id, isSlug, slugPattern } from './kernel/ids.ts'
export { addDays, formatDay, formatInstant, type Instant, parseDay, parseInstant } from './kernel/instant.ts'
export { isObject, type Json, type JsonObject, own } from './kernel/json.ts'
export { isLocale, type Locale, locales } from './kernel/locale.ts'
export { pointer, pointerParts } from './kernel/pointer.ts'
export { type Problem, problem, type Rejection, warning } from './kernel/problem.ts'
export { fail, ok, type Result, unreachable } from './kernel/result.ts'
export { formatScaled, parseScaled } from './kernel/scaled.ts'
export { resolveText, type TextValue } from './kernel/text.ts'
export type { CellValue, FieldValue, RecordData, TableRow, ValueKind, ValueType } from './kernel/value-kind.ts'
export { isTable, isTextList, valueKinds } from './kernel/value-kind.ts'
export { endOfDay, instantOfWall, isZone, localDay, startOfDay, zoneOffsetMs } from './kernel/zone.ts'
export { type ZoneSegment, zoneSegments } from './kernel/zone-offsets.ts'
export { hasErrors, type LintOptions, lintApp } from './lint/lint-app.ts'
export { formsThatDecide, ownersOnRecords, type TriedRecord } from './lint/owners-on-records.ts'
export { type Change, diffDocuments, valueAt } from './merge/diff.ts'
export { applyPatch, type JsonPatch, type PatchOperation } from './merge/json-patch.ts'
export {
  addressOf,
  type MergeConflict,
  type MergeDecision,
  type MergeDecisions,
  mergeDocuments,
} from './merge/merge.ts'
export { type AppFilesDocument, placeTeller, type ToldChange, type ToldPlace, tellChanges } from './merge/words.ts'
export { checkTemplate, type RenderOptions, renderText } from './messages/render.ts'
export { isPlaceholder, parseTemplate, templateReads } from './messages/template.ts'
export type { AppModel, FieldModel, FormLookup, FormModel } from './model.ts'
export { namedProblem } from './named-problem.ts'
export { nodeTraits } from './nodes/behaviours.ts'
export type { NodeTraits } from './nodes/contract.ts'
export { nodeSchemas, Outcome } from './nodes/schemas.ts'
export { returnTargets } from './nodes/userTask/commands.ts'
export { allows } from './nodes/userTask/policy.ts'
export { asUserTask, needed } from './nodes/userTask/verdict.ts'
export type {
  Answer,
  Command,
  CommandBody,
  Contact,
  History,
  Principal,
  Stranger,
  Values,
} from './pipeline/commands.ts'
export { type Decision, decide } from './pipeline/decide.ts'
export { followedLinks } from './pipeline/facts-of.ts'
export { type Department, departmentsBelow, directoryOf } from './pipeline/memory-directory.ts'
export { type MemoryMetrics, type MemoryRecords, type MemoryWorld, memoryWorld } from './pipeline/memory-world.ts'
export { managersOf, resolvePeople } from './pipeline/people.ts'
export { recordFacts } from './pipeline/record-facts.ts'
export { isRefusable } from './pipeline/refuse.ts'
export type {
  AlertRow,
  AlertState,
  AssignmentRow,
  Candidate,
  Changes,
  ClockRow,
  ClockSegment,
  ClockState,
  Effect,
  EffectName,
  EffectRow,
  EventRow,
  EventType,
  Evidence,
  InstanceRow,
  MessageRow,
  MutexRow,
  NotificationRow,
  RecordChange,
  RecordRef,
  RecordRow,
  RuleOutcome,
  RuleRunRow,
  Source,
  TaskRow,
  TaskState,
  TimerRow,
  WaitingRow,
  WebhookCall,
} from './pipeline/rows.ts'
export { scheduleTimer } from './pipeline/rule-upkeep.ts'
export { systemApp } from './pipeline/work.ts'
export type { Context, Directory, MetricShape, Pending, Person, Workload, World } from './pipeline/world.ts'
export { type ProblemCode, type ProblemText, problemTexts } from './problems.ts'
export { renderProblem, titleOf } from './render-problem.ts'
export { alertGroups, anyGroup, groupShapes } from './rules/alert-groups.ts'
export { type BacktestRun, backtest } from './rules/backtest.ts'
export { dateTimer } from './rules/date-due.ts'
export type { RecordHistory } from './rules/record-states.ts'
export { dateRules, ruleOf, scheduledRules } from './rules/rules-for.ts'
export { nextOccurrence } from './rules/schedule.ts'
export { FlowPlay } from './scenario/flow-play.ts'
export { type HistoryAct, historyActs } from './scenario/history-acts.ts'
export { playScenario, runScenario, type ScenarioReport } from './scenario/run-scenario.ts'
export { peopleOf, StagePlay } from './scenario/stage-play.ts'
export {
  type ApplicablePolicy,
  adoptCalendars,
  applicablePolicy,
  attainmentOf,
  cancelClocks,
  clocksAfterChange,
  currentClocks,
  differences,
  dueStep,
  elapsedAt,
  explainClock,
  fireClockTimer,
  formsWithoutDefault,
  policiesMet,
  rehearse,
  replayClock,
  standingsOf,
  startLimit,
  statesOf,
  stopLimit,
} from './sla/index.ts'
export type {
  Calendars,
  ClockChange,
  ClockEvent,
  ClockEventType,
  ClockStep,
  ClockTimer,
  ExplainedClock,
  ExplainedSegment,
  FiredTimer,
  LimitStart,
} from './sla/types.ts'
export type {
  Attainment,
  ClockDifference,
  ClockResult,
  ClockStanding,
  RecordState,
  Rehearsal,
} from './sla/what-if.ts'
// Where used, and what deleting breaks.
export { addressOfPath, pathOfAddress } from './usages/addresses.ts'
export { withoutElement } from './usages/delete-element.ts'
export type { HowMentioned } from './usages/place.ts'
export { goneElements, withRestored } from './usages/restore-element.ts'
export {
  type Breakage,
  breakagesBy,
  breakagesOf,
  type NamedSecret,
  secretsNamed,
  type Usage,
  type UsageGraph,
  usageGraph,
  usagesOf,
} from './usages/usages.ts'
// Views: what a form's records are drawn as.
export { View, type ViewOf, type ViewTypeName, viewSchemas, viewTypeNames } from './views/schemas.ts'
export { fieldsReadBy, type ViewField, viewFields, viewWithout } from './views/view-fields.ts'
