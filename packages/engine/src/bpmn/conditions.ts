import type { Condition } from '../definitions/condition.ts'
import { parseFormula } from '../formulas/parse.ts'
import { isObject } from '../kernel/json.ts'
import { type Element, text } from './element.ts'
import { toFeel } from './translate.ts'
import { create } from './xml.ts'
import { isXmlText, jsonForXml } from './xml-text.ts'

const feel = 'https://www.omg.org/spec/DMN/20191111/FEEL/'
const ours = 'urn:tenon:condition'

/** Taken as never true: a way nobody can judge must not be taken. */
const never: Condition = { formula: 'false' }

/** The condition an expression says; `never` with `isUnderstood: false` when it is in no language we read. */
export function readCondition(expression: Element): { readonly condition: Condition; readonly isUnderstood: boolean } {
  const body = (text(expression, 'body') ?? '').trim()
  const language = text(expression, 'language') ?? ''
  if (language === ours) return readOurs(body)
  const formula = readFormula(body, /feel/i.test(language))
  return formula === undefined
    ? { condition: never, isUnderstood: false }
    : { condition: { formula }, isUnderstood: true }
}

/** FEEL for an expression: as it stands, behind `=`, or translated; undefined when it is in no language we read. */
export function readFormula(body: string, isFeel = false): string | undefined {
  if (isFeel) return body === '' ? undefined : body
  const formula = /^=(?!=)/.test(body) ? body.slice(1).trim() : body
  if (formula !== '' && !isForeign(formula) && parseFormula(formula).ok) return formula
  const translated = toFeel(formula)
  return translated !== undefined && parseFormula(translated).ok ? translated : undefined
}

/** Signs of other languages that FEEL reads too, but as something else. */
const foreignSigns = /^[$#]\{|==|&&|\|\||\.\w+\(|\b(?:this|environment|execution|variables)\b/
const isForeign = (text: string): boolean => foreignSigns.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))

function readOurs(body: string) {
  try {
    const given: unknown = JSON.parse(body)
    if (isObject(given)) return { condition: given as Condition, isUnderstood: true }
  } catch {
    // Somebody has edited it by hand.
  }
  return { condition: never, isUnderstood: false }
}

/** A formula as FEEL; any other condition in our own JSON, which other tools keep. */
export const writeCondition = (condition: Condition): Element =>
  'formula' in condition && condition.formula.trim() === condition.formula && isXmlText(condition.formula)
    ? create('bpmn:FormalExpression', { language: feel, body: condition.formula })
    : create('bpmn:FormalExpression', { language: ours, body: jsonForXml(condition) })
