import { resolveText } from '@tenon/engine'
import { useUi } from '../../environment.tsx'
import { useShownForm } from '../../show/ShownForm.tsx'
import { stageTone } from '../../show/stage-tone.ts'
import { TonePill } from '../../show/TonePill.tsx'
import type { ShowProps } from '../contract.ts'

export function StageView({ value }: ShowProps<'stage'>) {
  const { locale } = useUi()
  const stage = useShownForm()?.stages.get(String(value))
  return (
    <TonePill dot tone={stage ? stageTone(stage) : 'neutral'}>
      {stage ? resolveText(stage.label, locale) : String(value)}
    </TonePill>
  )
}
