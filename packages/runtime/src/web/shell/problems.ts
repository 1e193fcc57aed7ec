import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../contract/index.ts'

/** Why something failed, in the reader's words; never a code, never a stack. */
export function useReason(): (error: unknown) => string {
  const { t } = useTranslation('shell')
  return (error) => {
    if (error instanceof ApiProblem) {
      if (error.code === 'server.unreachable') return t('problem.unreachable')
      return error.message || t('problem.unexpected')
    }
    if (error instanceof TypeError) return t('problem.unreachable')
    return t('problem.unexpected')
  }
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 404 || error.status === 403)
