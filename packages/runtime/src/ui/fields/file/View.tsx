import { FileList } from '../../show/FileList.tsx'
import type { ShowProps } from '../contract.ts'

export const FileFieldView = ({ value }: ShowProps<'file'>) => (
  <FileList ids={Array.isArray(value) ? (value as readonly string[]) : []} />
)
