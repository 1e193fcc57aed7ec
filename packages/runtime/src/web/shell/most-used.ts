const proposed = 30

/** The texts of the lists that contain `q`, the most frequent first. */
export function mostUsed(lists: readonly unknown[], q: string): readonly string[] {
  const counts = new Map<string, number>()
  const wanted = q.trim().toLowerCase()
  for (const text of lists.flatMap((list) => (Array.isArray(list) ? list : [])))
    if (String(text).toLowerCase().includes(wanted)) counts.set(String(text), (counts.get(String(text)) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, proposed)
    .map(([text]) => text)
}
