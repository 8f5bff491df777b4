import type { ReachRows } from './reaching-crash-rows.ts';
import type { Book } from './reaching-crash-world.ts';

/** Everything people answered is there once, and nothing is there that nobody answered. */
export function checkAnswers({ answers, notificationById }: ReachRows, { presses, replies }: Book): string[] {
  const problems: string[] = [];
  for (const { eventId, code, verb } of presses) {
    const found = answers.filter((answer) => answer.channel === 'telegram' && answer.eventId === eventId);
    const [answer] = found;
    const isWords = eventId.startsWith('m') && answer?.verb === null;
    if (found.length !== 1) problems.push(`a press is there ${found.length} times: ${eventId} ${code}`);
    // Words to a message whose sending is in doubt are to nothing the desk can name: they are kept as they are.
    else if (isWords) continue;
    else if (answer?.verb !== verb)
      problems.push(`a press means "${answer?.verb}", not "${verb}": ${eventId}`);
    else if (notificationById.get(answer.notificationId ?? 0)?.code !== code) {
      problems.push(`a press is to another notification: ${eventId} ${code}`);
    }
  }
  for (const { code } of replies) {
    const codes = answers
      .filter(({ channel }) => channel === 'email')
      .map(({ notificationId }) => notificationById.get(notificationId ?? 0)?.code);
    const written = replies.filter((reply) => reply.code === code).length;
    const there = codes.filter((known) => known === code).length;
    if (there !== written) problems.push(`${there} answers by letter of ${written}: ${code}`);
  }
  const expected = presses.length + replies.length;
  if (answers.length !== expected) problems.push(`${answers.length} answers, ${expected} were given`);
  return problems;
}

/** By the gateway's book, each local day for itself; the desk keeps Moscow's. */
export function checkMoney({ sms }: Book, dailyLimit: number): string[] {
  const days = new Map<string, number>();
  for (const { at, cost } of sms) {
    const day = new Date(at).toLocaleDateString('sv', { timeZone: 'Europe/Moscow' });
    days.set(day, (days.get(day) ?? 0) + cost);
  }
  return [...days]
    .filter(([, spent]) => spent > dailyLimit)
    .map(([day, spent]) => `${spent} spent on ${day}, more than ${dailyLimit}`);
}
