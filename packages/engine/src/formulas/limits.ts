/** Bounds of one formula and of one evaluation (promise P16). */
export const limits = {
  textLength: 1_000_000,
  tokens: 6_000,
  brackets: 128,
  nodes: 2_000,
  depth: 64,
  steps: 100_000,
  rangeItems: 10_000,
  resultText: 1_000_000,
  calls: 64,
  warnings: 20,
} as const
