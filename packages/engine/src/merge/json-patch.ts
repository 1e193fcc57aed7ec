import { isObject } from '../kernel/json.ts'
import { pointer, pointerParts } from '../kernel/pointer.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { equalJson } from './shape.ts'

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string }
export type JsonPatch = readonly PatchOperation[]

export type PatchRefusal = {
  readonly code: 'patch.targetMissing' | 'patch.testFailed'
  readonly at: number
  readonly path: string
}
export type Patched = {
  readonly document: unknown
  /** The patch that leads back. */
  readonly inverse: JsonPatch
}

const gone = Symbol('nothing there')
/** Names that reach a prototype where somebody is careless. No document may have them. */
const unsafe = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Applies a JSON Patch (RFC 6902), whole or not at all; the document given is not changed. A target that is not there,
 * or a test that does not hold (§4.6), refuses it with the number of the operation.
 */
export function applyPatch(document: unknown, patch: JsonPatch): Result<Patched, PatchRefusal> {
  let current = document
  const inverse: PatchOperation[] = []
  for (const [at, operation] of patch.entries()) {
    const step = applyOne(current, operation)
    if (!step) {
      const code = operation.op === 'test' ? 'patch.testFailed' : 'patch.targetMissing'
      return fail({ code, at, path: operation.path })
    }
    current = step.document
    inverse.unshift(...step.inverse)
  }
  return ok({ document: current, inverse })
}

type Step = { readonly document: unknown; readonly inverse: JsonPatch }

function applyOne(document: unknown, operation: PatchOperation): Step | undefined {
  switch (operation.op) {
    case 'add':
      return add(document, operation.path, operation.value)
    case 'remove':
      return remove(document, operation.path)
    case 'replace':
      return replace(document, operation.path, operation.value)
    case 'test':
      return equalJson(valueAtPointer(document, operation.path), operation.value)
        ? { document, inverse: [] }
        : undefined
    case 'copy': {
      const value = valueAtPointer(document, operation.from)
      return value === gone ? undefined : add(document, operation.path, value)
    }
    case 'move':
      return move(document, operation.from, operation.path)
  }
}

function move(document: unknown, from: string, path: string): Step | undefined {
  // §4.4: a thing cannot be moved into itself.
  if (path.startsWith(`${from}/`)) return undefined
  const value = valueAtPointer(document, from)
  const taken = value === gone ? undefined : remove(document, from)
  const put = taken && add(taken.document, path, value)
  return put && { document: put.document, inverse: [...put.inverse, ...taken.inverse] }
}

function valueAtPointer(document: unknown, path: string): unknown {
  let value = document
  for (const part of pointerParts(path)) {
    if (Array.isArray(value)) value = indexOf(part, value.length - 1) === undefined ? gone : value[Number(part)]
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part]
    else return gone
  }
  return value
}

/** An index of a list, at most `last`; `-` is the place behind it (RFC 6901 §4). */
function indexOf(part: string, last: number): number | undefined {
  const index = /^(0|[1-9]\d*)$/.test(part) ? Number(part) : undefined
  return index === undefined || index > last ? undefined : index
}

type Change = (
  container: unknown,
  name: string,
) => { readonly container: unknown; readonly inverse: JsonPatch } | undefined

/** Copies the containers on the way and changes the innermost one. */
function changeAt(document: unknown, parts: readonly string[], change: Change): Step | undefined {
  const [name, ...rest] = parts
  if (name === undefined || unsafe.has(name)) return undefined
  if (rest.length === 0) {
    const made = change(document, name)
    return made && { document: made.container, inverse: made.inverse }
  }
  const inner = valueAtPointer(document, pointer(name))
  const made = inner === gone ? undefined : changeAt(inner, rest, change)
  return made && { document: withMember(document, name, made.document), inverse: made.inverse }
}

function withMember(container: unknown, name: string, value: unknown): unknown {
  if (Array.isArray(container)) return container.with(Number(name), value)
  return isObject(container) ? { ...container, [name]: value } : container
}

function add(document: unknown, path: string, value: unknown): Step | undefined {
  if (path === '') return { document: value, inverse: [{ op: 'replace', path: '', value: document }] }
  return changeAt(document, pointerParts(path), (container, name) => {
    if (Array.isArray(container)) {
      const index = name === '-' ? container.length : indexOf(name, container.length)
      if (index === undefined) return undefined
      const at = path.replace(/[^/]*$/, String(index))
      return { container: container.toSpliced(index, 0, value), inverse: [{ op: 'remove', path: at }] }
    }
    if (!isObject(container)) return undefined
    const old = Object.hasOwn(container, name) ? container[name] : gone
    return {
      container: { ...container, [name]: value },
      inverse: [old === gone ? { op: 'remove', path } : { op: 'replace', path, value: old }],
    }
  })
}

function remove(document: unknown, path: string): Step | undefined {
  return changeAt(document, pointerParts(path), (container, name) => {
    if (Array.isArray(container)) {
      const index = indexOf(name, container.length - 1)
      if (index === undefined) return undefined
      return { container: container.toSpliced(index, 1), inverse: [{ op: 'add', path, value: container[index] }] }
    }
    if (!isObject(container) || !Object.hasOwn(container, name)) return undefined
    const { [name]: old, ...rest } = container
    return { container: rest, inverse: [{ op: 'add', path, value: old }] }
  })
}

function replace(document: unknown, path: string, value: unknown): Step | undefined {
  if (path === '') return { document: value, inverse: [{ op: 'replace', path: '', value: document }] }
  const old = valueAtPointer(document, path)
  if (old === gone) return undefined
  return changeAt(document, pointerParts(path), (container, name) => ({
    container: withMember(container, name, value),
    inverse: [{ op: 'replace', path, value: old }],
  }))
}
