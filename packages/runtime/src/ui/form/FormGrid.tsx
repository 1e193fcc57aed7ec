import type { ComponentProps } from 'react'
import styles from './form.module.css'

const joined = (own: string | undefined, given: string | undefined) => (given ? `${own} ${given}` : own)

/** Around the sections of a form: its width decides how many columns there is room for. */
export const FormFrame = ({ className, ...rest }: ComponentProps<'div'>) => (
  <div className={joined(styles.form, className)} {...rest} />
)

/** The fields of a section in so many columns, where there is room for them. */
export const SectionGrid = ({ columns, className, ...rest }: ComponentProps<'div'> & { columns: number }) => (
  <div className={joined(styles.grid, className)} data-columns={columns} {...rest} />
)

/** One field in the grid, over so many columns. */
export const GridCell = ({ span, className, ...rest }: ComponentProps<'div'> & { span: number }) => (
  <div className={joined(styles.cell, className)} data-span={span} {...rest} />
)
