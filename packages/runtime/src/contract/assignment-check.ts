import { type Static, Type } from 'typebox'
import { Closed, Id, Moment, Nullable, Text } from './wire.ts'

/**
 * What the assignment strategies of an app leave open with the people there are now: records nobody would fit, hours
 * without anybody, skills that hang on one person.
 */
export const AssignmentCheckAnswer = Closed({
  items: Type.Array(
    Closed({
      strategy: Type.String(),
      label: Text,
      form: Type.String(),
      formLabel: Text,
      pool: Nullable(Type.Integer({ description: 'Active people in the pool; null: it depends on the record.' })),
      fallback: Nullable(Type.Integer({ description: 'Active people it falls back to; null: it depends.' })),
      choices: Type.Array(
        Closed({
          path: Type.String(),
          label: Text,
          options: Type.Array(Closed({ id: Type.String(), label: Text })),
        }),
        { description: 'The choices its filters look at.' },
      ),
      combinations: Type.Integer({ description: 'Combinations of choices that were tried.' }),
      more: Type.Boolean({ description: 'There are further combinations.' }),
      uncovered: Type.Array(Type.Array(Closed({ path: Type.String(), value: Nullable(Type.String()) })), {
        description: 'Nobody fits where these choices are made, whatever the others; null: left blank.',
      }),
      unstaffed: Type.Array(Closed({ from: Moment, until: Moment }), {
        description: "Hours of the app's calendar in the next seven days with nobody of the pool on shift.",
      }),
      irreplaceable: Type.Array(Closed({ skill: Type.String(), person: Closed({ id: Id, name: Type.String() }) }), {
        description: 'Skills that only one active person of the pool has.',
      }),
    }),
  ),
})
export type AssignmentCheckAnswer = Static<typeof AssignmentCheckAnswer>
