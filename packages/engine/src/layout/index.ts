/** Places for the nodes of a flow: `@tenon/engine/layout`. Apart from the engine's door, because it brings a graph library along. */
export { groupBox } from './group-box.ts'
export { layoutFlow, type Placed, type Size, usualSize } from './layout-flow.ts'
