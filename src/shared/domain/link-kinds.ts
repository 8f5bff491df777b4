/** As rows keep them: of `parent` and `blocks` the first incident is the parent, the blocker. */
export const linkKinds = ['related', 'duplicate', 'parent', 'blocks'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** What the other incident is to the one looked at. */
export const linkRoles = ['related', 'duplicate', 'parent', 'subtask', 'blocks', 'depends-on'] as const;
export type LinkRole = (typeof linkRoles)[number];

export type LinkRow = { readonly fromId: number; readonly toId: number; readonly kind: LinkKind };

/** The row that says "the other is my `role`"; symmetric kinds are kept once, with the smaller id first. */
export function toLinkRow(id: number, otherId: number, role: LinkRole): LinkRow {
  switch (role) {
    case 'parent':
      return { fromId: otherId, toId: id, kind: 'parent' };
    case 'subtask':
      return { fromId: id, toId: otherId, kind: 'parent' };
    case 'blocks':
      return { fromId: id, toId: otherId, kind: 'blocks' };
    case 'depends-on':
      return { fromId: otherId, toId: id, kind: 'blocks' };
    default:
      return { fromId: Math.min(id, otherId), toId: Math.max(id, otherId), kind: role };
  }
}

/** What the other end of a row is to this incident. */
export function roleOf(id: number, { fromId, kind }: LinkRow): LinkRole {
  if (kind === 'parent') return fromId === id ? 'subtask' : 'parent';
  if (kind === 'blocks') return fromId === id ? 'blocks' : 'depends-on';
  return kind;
}
