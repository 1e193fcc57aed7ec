import type { ViewOf, ViewTypeName } from '@tenon/engine'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { FaceProps } from './contract.ts'

/** How a type of view is drawn; null: as the rows of the list itself. A type without an entry does not compile. */
type Faces = {
  readonly [K in ViewTypeName]: LazyExoticComponent<ComponentType<FaceProps<K>>> | null
}

const viewFaces: Faces = {
  table: null,
  kanban: lazy(() => import('./kanban/KanbanFace.tsx')),
  calendar: lazy(() => import('./calendar/CalendarFace.tsx')),
  gantt: lazy(() => import('./gantt/GanttFace.tsx')),
  gallery: lazy(() => import('./gallery/GalleryFace.tsx')),
  map: lazy(() => import('./map/MapFace.tsx')),
}

// The compiler cannot know that the face found by a view's type is the one for that view.
export const faceOfView = (view: ViewOf<ViewTypeName>) =>
  viewFaces[view.type] as ComponentType<FaceProps<ViewTypeName>> | null
