/** An opaque id made by `context.newId`: a UUIDv7, sortable by time. */
export type Id = string

/** Permanent authored id: `ticket`, `first_response`. Never a label, never reused. */
export const slugPattern = '^[a-z][a-z0-9_]{0,39}$'
const slug = new RegExp(slugPattern)
export const isSlug = (value: unknown): value is string => typeof value === 'string' && slug.test(value)
