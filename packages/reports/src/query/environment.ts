import type { Facts, FormLookup, FormModel, ReadScope } from '@tenon/engine'
import type { MetricLookup } from '../definitions/metric.ts'

/** What one reader may read of each form: made by the engine's `readScope`, by nothing else. */
export type ReadScopes = (form: FormModel) => ReadScope

/** Who asks, when, and of which app. No plan is made without it. */
export type ReadEnvironment = {
  /** Forms by the names the app knows them by. */
  readonly lookup: FormLookup
  readonly scopes: ReadScopes
  /** `now`, `zone`, `user`; the zone is the one in which days and months are counted. */
  readonly facts: Facts
  /** Metric dictionary; absent: there are no metrics. */
  readonly metrics?: MetricLookup
}
