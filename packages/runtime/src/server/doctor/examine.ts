import { attachments } from './attachments.ts'
import type { Check, Finding, Patient } from './finding.ts'
import { jobs, waitsHaveOwners } from './flows.ts'
import { trails, values } from './records.ts'
import { seals } from './seals.ts'
import { tokens } from './tokens.ts'

/** Everything that must hold in every installation at every moment; read only. */
const checks: readonly Check[] = [tokens, waitsHaveOwners, jobs, attachments, values, trails, seals]

export type Examination = { readonly check: string; readonly findings: readonly Finding[]; readonly more: boolean }

/** More of one kind tells nothing new. */
const mostPerCheck = 100

/** Runs every check and gives what it found, one after the other. */
export async function* examine(patient: Patient): AsyncGenerator<Examination> {
  for (const check of checks) {
    const findings: Finding[] = []
    for await (const finding of check.run(patient)) {
      findings.push(finding)
      if (findings.length > mostPerCheck) break
    }
    yield { check: check.id, findings: findings.slice(0, mostPerCheck), more: findings.length > mostPerCheck }
  }
}
