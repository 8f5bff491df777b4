export type Cell = { readonly row: number; readonly column: number };

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** The cell a key leads to, over the empty diagonal; undefined when the key leads nowhere. */
export function stepIn({ row, column }: Cell, key: string, size: number): Cell | undefined {
  if (key === 'Home') return { row, column: row === 0 ? 1 : 0 };
  if (key === 'End') return { row, column: row === size - 1 ? size - 2 : size - 1 };
  const step = steps[key];
  if (!step) return undefined;
  const [rows, columns] = step;
  const next = { row: row + rows, column: column + columns };
  const cell = next.row === next.column ? { row: next.row + rows, column: next.column + columns } : next;
  const inside = [cell.row, cell.column].every((place) => place >= 0 && place < size);
  return inside ? cell : undefined;
}
