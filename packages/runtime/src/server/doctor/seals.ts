import { brokenSeals } from '../store/seals.ts'
import type { Check } from './finding.ts'

/** Every sealed day still has exactly the audit entries it was sealed with. */
export const seals: Check = {
  id: 'seals',
  async *run({ db }) {
    for (const { day, sealed, found } of await brokenSeals(db))
      yield {
        check: this.id,
        about: day,
        what: `${sealed} audit entries were sealed; what is there (${found}) differs`,
      }
  },
}
