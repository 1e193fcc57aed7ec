import designer from './designer.json' with { type: 'json' }

/** Texts of the designer by namespace: one file for the frame, one for each workbench. */
export const bundle = { designer }
