/** The statuses that occur in some things, each once, ascending: `400 404`. */
export const listStatuses = (items: readonly { status: number }[]): string =>
  [...new Set(items.map(({ status }) => status))].sort((a, b) => a - b).join(' ');
