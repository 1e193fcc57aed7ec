import { type FormModel, fieldOptions, resolveText, type Tone } from '@tenon/engine'
import { useUi } from '../../../../ui/environment.tsx'
import { stageTone } from '../../../../ui/show/stage-tone.ts'
import { labelOf } from '../FixedHint.tsx'
import own from './map.module.css'
import type { Pin } from './pins.ts'

type Props = { readonly form: FormModel; readonly field: string; readonly pins: readonly Pin[] }

/** Which colour means what, of the colours there are on the map. */
export function Legend({ form, field, pins }: Props) {
  const { locale } = useUi()
  const there = new Set(pins.map(({ tone }) => tone))
  const words = new Map<Tone, string[]>()
  for (const { tone, label } of meanings(form, field))
    if (there.has(tone)) words.set(tone, [...(words.get(tone) ?? []), resolveText(label, locale)])
  if (words.size === 0) return null
  return (
    <ul className={own.legend} aria-label={labelOf(form, field, locale)}>
      {[...words].map(([tone, labels]) => (
        <li key={tone} title={labels.join(' / ')}>
          <span className={own.dot} data-tone={tone} aria-hidden />
          {labels.join(' / ')}
        </li>
      ))}
    </ul>
  )
}

function meanings(form: FormModel, field: string) {
  if (field === form.stageField)
    return [...form.stages.values()].map((stage) => ({ tone: stageTone(stage), label: stage.label }))
  const model = form.fields.get(field)
  return (model ? fieldOptions(model, form) : []).map(({ tone, label }) => ({
    tone: (tone as Tone | undefined) ?? ('neutral' as Tone),
    label,
  }))
}
