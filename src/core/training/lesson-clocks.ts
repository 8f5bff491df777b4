import type { Rpc } from './handle-incident.ts';

/**
 * In the lesson whoever takes an incident up has reacted: its first letters lie hours back, and a reaction that waits for
 * the hand-over would have the whole desk late ten minutes after a newcomer came.
 */
export async function settleClocks(rpc: Rpc): Promise<void> {
  const { statuses } = await rpc.reference.all({});
  const { rules } = await rpc.clocks.lists({});
  const reaction = rules.find(({ key }) => key === 'reaction');
  const endStatusIds = statuses.filter(({ key }) => key !== 'new').map(({ id }) => id);
  if (!reaction || reaction.endStatusIds.length === endStatusIds.length) return;
  await rpc.clocks.saveRule({
    ...reaction,
    pauseStatusIds: [...reaction.pauseStatusIds],
    warnPercents: [...reaction.warnPercents],
    endStatusIds,
  });
}
