/** How a control of the kit is found: by the label that points at its id, and by name for a screen reader. */
export const naming = (id: string | undefined, label: string | undefined) => ({
  ...(id === undefined ? {} : { id }),
  ...(label === undefined ? {} : { 'aria-label': label }),
})
