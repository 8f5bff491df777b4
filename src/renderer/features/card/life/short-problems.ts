import type { TFunction } from 'i18next';
import type { ClosingProblem } from '../../../../shared/contract/workflow.ts';

/** Each kind once, in a few words. */
export function shortProblems(problems: readonly Pick<ClosingProblem, 'kind'>[], t: TFunction): string {
  const kinds = [...new Set(problems.map(({ kind }) => kind))];
  return kinds.map((kind) => t(`workflow.closing.short.${kind}`)).join(', ');
}
