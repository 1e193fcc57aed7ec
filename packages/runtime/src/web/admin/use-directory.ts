import { useQuery } from '@tanstack/react-query'
import type { DepartmentView, RoleView } from '../../contract/index.ts'
import { client } from '../shell/client.ts'

export const useDepartments = (): readonly DepartmentView[] =>
  useQuery({ queryKey: ['departments'], queryFn: () => client.departments(), staleTime: 60_000 }).data?.items ?? []

export const useRoles = (): readonly RoleView[] =>
  useQuery({ queryKey: ['admin', 'roles'], queryFn: () => client.admin.roles(), staleTime: 60_000 }).data?.items ?? []
