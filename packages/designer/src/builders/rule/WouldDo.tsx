import { type RuleDefinition, resolveText } from '@tenon/engine'
import type { BacktestAnswer } from '@tenon/runtime/contract'
import { useUi } from '@tenon/runtime/ui'
import styles from './rule.module.css'
import { actionTitle, tellAction } from './rule-words.ts'
import { useRuleTelling } from './use-rule-telling.ts'

type Props = {
  readonly path: string
  readonly rule: RuleDefinition
  readonly actions: BacktestAnswer['runs'][number]['actions']
}

/** What the rule would have done, told as its cards tell it; of an action it no longer has, what the server says. */
export function WouldDo({ path, rule, actions }: Props) {
  const { locale } = useUi()
  const telling = useRuleTelling({ path, form: rule.form })
  return (
    <ul className={styles.does}>
      {actions.map(({ id, what }) => {
        const action = rule.then.find((one) => one.id === id)
        const words = action ? [actionTitle(action.type, locale), tellAction(action, telling)] : []
        return <li key={id}>{words.filter(Boolean).join(' · ') || resolveText(what, locale)}</li>
      })}
    </ul>
  )
}
