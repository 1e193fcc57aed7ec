import { type Static, Type } from 'typebox'
import { Condition, conditionDefs } from './condition.ts'
import { about, Closed, Duration, exactlyOne, FormulaText, kindHead, named, OneOf, Slug, Text } from './schema.ts'
import { WhoList } from './value-expression.ts'

export const scoreMeasures = ['idle', 'load', 'sameCustomer', 'longestWithout', 'roundRobin'] as const

/**
 * Dispatch in two stages: filter (every condition must hold for a candidate), then score (sum of weight × value, each
 * value 0 … 1). Ties go to who has been longest without an assignment, then by id. Facts: record, task, candidate
 * {id, username, department, skills, skill_levels, certifications, languages, regions, open_tasks, weighted_load,
 * capacity, on_shift, away, last_assigned_at, same_customer, refused}. `skill_levels` is 1 … 5 by skill
 * (`get value(candidate.skill_levels, required_skill) >= 3`); certificates that have run out are not in the list.
 */
export const AssignmentDefinition = Closed(
  {
    ...kindHead('assignment'),
    label: named(Text, '名称', 'Label', 'What people call it; free to change.'),
    pool: named(WhoList, '候选人', 'Pool', 'Who comes into question.'),
    filter: Type.Array(
      Closed({
        id: Slug(about('标识', 'Id', 'Permanent id of the filter.')),
        label: named(Text, '名称', 'Label', 'How a failed filter is told.'),
        must: named(Condition, '必须满足', 'Must', 'What must be true of a candidate.'),
      }),
      about('筛选', 'Filter', 'Every condition must hold; empty: everybody stays.'),
    ),
    score: Type.Array(
      Closed(
        {
          id: Slug(about('标识', 'Id', 'Permanent id of the part.')),
          label: named(Text, '名称', 'Label', 'How the part is told.'),
          weight: Type.Number({
            minimum: 0,
            maximum: 1000,
            ...about('权重', 'Weight', 'What the value is multiplied by.'),
          }),
          measure: Type.Optional(
            OneOf(
              scoreMeasures,
              {
                idle: ['是否空闲', 'Idle'],
                load: ['负载较低', 'Low load'],
                sameCustomer: ['服务过同一客户', 'Served this customer before'],
                longestWithout: ['最久未接单', 'Longest without a task'],
                roundRobin: ['轮流', 'In turn'],
              },
              about(
                '指标',
                'Measure',
                'idle: 1 when nothing is open; load: 1 − weighted load ÷ capacity; sameCustomer: served this customer before; longestWithout; roundRobin.',
              ),
            ),
          ),
          value: Type.Optional(FormulaText(about('公式', 'Formula', 'FEEL giving 0 … 1; instead of a measure.'))),
        },
        exactlyOne('measure', 'value'),
      ),
      about('评分', 'Score', 'Highest sum wins; empty: whoever has been longest without an assignment.'),
    ),
    fallback: named(WhoList, '兜底', 'Fallback', 'Who gets it when nobody fits.'),
    acceptWithin: Type.Optional(
      Duration(about('接受时限', 'Accept within', 'Not claimed in time: the next candidate; absent: no limit.')),
    ),
  },
  { $defs: conditionDefs },
)
export type AssignmentDefinition = Static<typeof AssignmentDefinition>
