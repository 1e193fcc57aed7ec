import { type AppModel, formLookup, type MemoryMetrics } from '@tenon/engine'
import { type MetricDefinition, memoryMetrics } from '@tenon/reports'
import { metricsOf } from '../../queries/reading.ts'
import type { Memory } from '../../store/live-memory.ts'

/** An app that need not be live, with its metric dictionary. */
export type Dictionary = { readonly next: AppModel; readonly metrics: ReadonlyMap<string, MetricDefinition> }

/** Figures for playing on records in memory: this version's own dictionary, and those of the other apps that are live. */
export const figuresOf = ({ next, metrics }: Dictionary, { apps }: Memory): MemoryMetrics =>
  memoryMetrics((id) => {
    if (id === next.id)
      return { lookup: formLookup(next, (other) => apps.app(other)?.model), metrics: (metric) => metrics.get(metric) }
    const loaded = apps.app(id)
    return {
      lookup: loaded?.lookup ?? (() => undefined),
      metrics: (metric) => (loaded ? metricsOf(loaded).get(metric) : undefined),
    }
  })
