import { resolveSite } from '../definitions/references.ts'
import type { Check } from './context.ts'

/** Whatever is mentioned must be there. What conditions, formulas and templates read is said by their own checks. */
export const danglingReferences: Check = (context) =>
  context.sites.flatMap((site) => {
    if (site.type !== 'reference' && site.type !== 'ref') return []
    const { problem } = resolveSite(site, context)
    return problem ? [problem] : []
  })
