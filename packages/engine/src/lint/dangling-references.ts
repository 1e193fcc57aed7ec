import { resolveSite } from '../definitions/references.ts'
import type { Check } from './context.ts'

/** Whatever is mentioned must be there. The fields that conditions, formulas and templates read are said by their own checks. */
export const danglingReferences: Check = (context) =>
  context.sites.flatMap((site) => {
    const { problem } = resolveSite(site, context)
    return problem ? [problem] : []
  })
