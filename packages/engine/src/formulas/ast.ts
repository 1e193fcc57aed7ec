export type FormulaNode = { readonly kind: string }
