import { addDays, type HolidayDay } from '@tenon/engine'

/** Name, first and last day off, make-up working days; month and day of the year. */
type Arrangement = readonly (readonly [name: string, from: string, to: string, ...worked: readonly string[]])[]

/** The arrangements of the State Council's yearly notices on holidays. */
const years: { readonly [year: string]: Arrangement } = {
  2024: [
    ['元旦', '01-01', '01-01'],
    ['春节', '02-10', '02-17', '02-04', '02-18'],
    ['清明节', '04-04', '04-06', '04-07'],
    ['劳动节', '05-01', '05-05', '04-28', '05-11'],
    ['端午节', '06-10', '06-10'],
    ['中秋节', '09-15', '09-17', '09-14'],
    ['国庆节', '10-01', '10-07', '09-29', '10-12'],
  ],
  2025: [
    ['元旦', '01-01', '01-01'],
    ['春节', '01-28', '02-04', '01-26', '02-08'],
    ['清明节', '04-04', '04-06'],
    ['劳动节', '05-01', '05-05', '04-27'],
    ['端午节', '05-31', '06-02'],
    ['国庆节、中秋节', '10-01', '10-08', '09-28', '10-11'],
  ],
  2026: [
    ['元旦', '01-01', '01-03', '01-04'],
    ['春节', '02-15', '02-23', '02-14', '02-28'],
    ['清明节', '04-04', '04-06'],
    ['劳动节', '05-01', '05-05', '05-09'],
    ['端午节', '06-19', '06-21'],
    ['中秋节', '09-25', '09-27'],
    ['国庆节', '10-01', '10-07', '09-20', '10-10'],
  ],
}

/** Years whose arrangement is known here; later ones are handed over as a file. */
export const knownYears: readonly string[] = Object.keys(years)

export const arrangementOf = (year: string): readonly HolidayDay[] =>
  (years[year] ?? []).flatMap(([name, from, to, ...worked]) => {
    const days: HolidayDay[] = worked.map((day) => ({ name, date: `${year}-${day}`, isOffDay: false }))
    for (let date = `${year}-${from}`; date <= `${year}-${to}`; date = addDays(date, 1))
      days.push({ name, date, isOffDay: true })
    return days
  })
