export type Selection = {
  /** The row with the focus; null before the hand has been there. */
  readonly focus: number | null;
  /** Where a stretch began. */
  readonly from: number | null;
  readonly ids: ReadonlySet<number>;
};

export const noSelection: Selection = { focus: null, from: null, ids: new Set() };

/** As core takes at once. */
export const mostSelected = 100;

/** Focus alone; what was selected stays. */
export function focused(selection: Selection, id: number): Selection {
  return selection.focus === id ? selection : { ...selection, focus: id };
}

export function toggled(selection: Selection, id: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { focus: id, from: id, ids };
}

/** Everything between where the stretch began and here, whatever was selected before. */
export function stretched(selection: Selection, id: number, order: readonly number[]): Selection {
  const from = selection.from ?? selection.focus ?? id;
  const [first, last] = [order.indexOf(from), order.indexOf(id)].toSorted((a, b) => a - b);
  if (first === undefined || last === undefined || first < 0)
    return { focus: id, from: id, ids: new Set([id]) };
  return { focus: id, from, ids: new Set(order.slice(first, last + 1)) };
}

/** What is no longer on the page is no longer chosen. */
export function kept(selection: Selection, order: readonly number[]): Selection {
  const known = new Set(order);
  const ids = [...selection.ids].filter((id) => known.has(id));
  const focus = selection.focus !== null && known.has(selection.focus) ? selection.focus : null;
  if (ids.length === selection.ids.size && focus === selection.focus) return selection;
  return {
    focus,
    from: selection.from !== null && known.has(selection.from) ? selection.from : null,
    ids: new Set(ids),
  };
}
