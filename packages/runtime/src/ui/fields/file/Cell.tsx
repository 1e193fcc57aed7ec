import { PaperClipOutlined } from '@ant-design/icons'
import type { ShowProps } from '../contract.ts'

export const FileCell = ({ value }: ShowProps<'file'>) => (
  <span>
    <PaperClipOutlined aria-hidden /> {Array.isArray(value) ? value.length : 1}
  </span>
)
