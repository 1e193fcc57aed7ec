import { type ComponentType, createContext, useContext } from 'react'
import type { SchemaControlProps } from './contract.ts'

/** Controls that hold others draw them through here, so that the list of controls is in one place without a cycle. */
export const PropertyContext = createContext<ComponentType<SchemaControlProps>>(() => null)
export const useProperty = () => useContext(PropertyContext)
