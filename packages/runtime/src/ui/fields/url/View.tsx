import { isWebAddress, webAddressText } from '@tenon/engine'
import type { ShowProps } from '../contract.ts'
import styles from './url.module.css'

/** Opens beside the page, which the other site learns nothing about. What is no address of the web is text. */
export function UrlView({ value }: ShowProps<'url'>) {
  const address = String(value)
  if (!isWebAddress(address)) return <span>{address}</span>
  return (
    <a className={styles.address} href={address} target="_blank" rel="noopener noreferrer" title={address}>
      {webAddressText(address)}
    </a>
  )
}
