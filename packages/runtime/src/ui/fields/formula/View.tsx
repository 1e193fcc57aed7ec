import type { FieldOf } from '@tenon/engine'
import type { ReactNode } from 'react'
import { Moment } from '../../show/Moment.tsx'
import {
  BooleanText,
  DayText,
  DecimalText,
  DurationText,
  MoneyText,
  PercentText,
  TimeText,
} from '../../show/values.tsx'
import type { ShowProps } from '../contract.ts'

type Result = FieldOf<'formula'>['result']

const byResult: { readonly [R in Result]: (value: never) => ReactNode } = {
  text: (value: string) => <span>{value}</span>,
  number: (value: string | number) => <DecimalText value={value} />,
  money: (value: string) => <MoneyText value={value} />,
  percent: (value: string | number) => <PercentText value={value} />,
  boolean: (value: boolean) => <BooleanText value={value} />,
  date: (value: string) => <DayText value={value} />,
  dateTime: (value: string) => <Moment at={value} />,
  time: (value: string) => <TimeText value={value} />,
  duration: (value: string) => <DurationText value={value} />,
}

export const FormulaView = ({ field, value }: ShowProps<'formula'>) => byResult[field.result](value as never)
