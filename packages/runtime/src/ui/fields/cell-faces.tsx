import type { FieldTypeName } from '@tenon/engine'
import { type ComponentType, createContext, use } from 'react'
import type { FieldFace } from './contract.ts'

type FaceOf = (type: FieldTypeName) => FieldFace<FieldTypeName>

const CellFaces = createContext<FaceOf | undefined>(undefined)

/** The faces of the columns inside a field of rows, which is itself one of the faces. */
export function useCellFaces(): FaceOf {
  const faceOf = use(CellFaces)
  if (!faceOf) throw new Error('rows are drawn by the list of faces')
  return faceOf
}

/** A face that draws other faces. */
export const withCellFaces =
  <P extends object>(Face: ComponentType<P>, faceOf: FaceOf) =>
  (props: P) => (
    <CellFaces value={faceOf}>
      <Face {...props} />
    </CellFaces>
  )
