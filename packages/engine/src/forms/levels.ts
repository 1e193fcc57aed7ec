import type { FormInput } from './types.ts'

/** What the person may do with a field, before the form's own conditions. */
export type Level =
  /** Not for this person, and not to be known of. */
  | 'hidden'
  /** Not shown at this step. */
  | 'masked'
  | 'read'
  | 'edit'

/**
 * Rights and the step's mask, together: what is hidden by right stays hidden; a step may let its person edit what she
 * otherwise only reads; a field the step does not name may be read.
 */
export function levelOf(
  field: string,
  { rights, mask, authority = 'person' }: Pick<FormInput, 'rights' | 'mask' | 'authority'>,
): Level {
  if (authority !== 'person') return 'edit'
  const right = rights.get(field) ?? 'hidden'
  if (right === 'hidden' || mask === undefined) return right
  const asked = Object.hasOwn(mask, field) ? mask[field] : 'read'
  if (asked === 'hidden') return 'masked'
  return asked === 'read' || asked === undefined ? 'read' : 'edit'
}

/** Whether the step demands a value. */
export const isDemanded = (field: string, { mask }: Pick<FormInput, 'mask'>): boolean =>
  mask !== undefined && Object.hasOwn(mask, field) && mask[field] === 'required'
