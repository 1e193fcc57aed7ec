import { QuestionCircleOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import styles from './table.module.css'

/** A line about a column, behind a sign that the pointer and the keyboard reach. */
export const ColumnHelp = ({ text }: { text: string }) =>
  text === '' ? null : (
    <Tooltip title={text} trigger={['hover', 'focus', 'click']}>
      <button type="button" className={styles.help} aria-label={text}>
        <QuestionCircleOutlined aria-hidden />
      </button>
    </Tooltip>
  )
