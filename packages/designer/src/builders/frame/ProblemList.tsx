import type { DesignProblem } from '@tenon/runtime/contract'
import { problemsOf, useProblems } from '../../draft/use-problems.ts'
import styles from './split-bench.module.css'

type Props = { readonly problems: readonly DesignProblem[] }

/** What the server says is wrong, where it is changed. */
export function ProblemList({ problems }: Props) {
  if (problems.length === 0) return null
  const severity = problems.some((one) => one.severity === 'error') ? 'error' : 'warning'
  return (
    <div role="alert">
      <ul className={styles.problems} data-severity={severity}>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{message}</li>
        ))}
      </ul>
    </div>
  )
}

/** Problems of a definition: `at` those of a place in it, `besides` those that are at none of these places. */
export function useProblemsAt(path: string) {
  const problems = problemsOf(useProblems(), path)
  const isIn = (place: string) => (one: DesignProblem) => one.path === place || one.path.startsWith(`${place}/`)
  return {
    at: (place: string) => problems.filter(isIn(place)),
    besides: (places: readonly string[]) => problems.filter((one) => !places.some((place) => isIn(place)(one))),
  }
}
