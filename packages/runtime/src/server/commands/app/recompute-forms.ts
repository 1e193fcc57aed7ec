import type { AppModel } from '@tenon/engine'
import type { LoadedApp } from '../../store/apps.ts'
import type { PublishPlan } from '../../store/publish/plan.ts'
import type { Unit } from '../execute.ts'

export async function recomputeForms(_unit: Unit, _current: LoadedApp | undefined, _next: AppModel, _plan: PublishPlan): Promise<void> {}
