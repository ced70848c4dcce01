/** Names a cell within a run. */
export function cellKey(operation: string, status: number): string {
  return `${operation} ${status}`;
}

/** Names the cell that something is about. */
export function cellKeyOf({ operation, status }: { operation: string; status: number }): string {
  return cellKey(operation, status);
}
