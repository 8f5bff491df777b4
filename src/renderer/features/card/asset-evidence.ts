import { useTranslation } from 'react-i18next';
import type { IncidentAsset } from '../../../shared/contract/assets.ts';

/** What is bound without a person is above this; what is only offered is below. */
const high = 80;
/** One of two that the letter may mean is still likely, one of three is not. */
const middle = 45;

/** Why the asset stands here, and how sure that is, in words. */
export function useAssetEvidence(): {
  readonly why: (asset: IncidentAsset) => string;
  readonly sure: (asset: IncidentAsset) => string;
} {
  const { t } = useTranslation();

  function rule({ evidence, kind, code, operators, pole }: IncidentAsset): string {
    if (!evidence) return '';
    if (evidence.rule === 'code') return t(`assets.evidence.code.${kind}`);
    if (evidence.rule === 'code-start') return t('assets.evidence.code-start');
    if (evidence.rule === 'alias') return t('assets.evidence.alias', { code });
    const names = operators.join(', ');
    const whose = operators.length > 1 ? 'ofOperators' : 'ofOperator';
    return t(`assets.evidence.${evidence.rule}`, {
      whose: operators.length === 0 ? '' : t(`assets.evidence.${whose}`, { names }),
      where: pole === '' ? '' : t('assets.evidence.onPole', { code: pole }),
    });
  }

  return {
    why(asset) {
      const { evidence, foundBy } = asset;
      if (evidence) {
        const place = t(`assets.evidence.place.${evidence.place}`);
        return t('assets.evidence.said', { words: evidence.words, place, rule: rule(asset) });
      }
      return foundBy === 'hand' || foundBy === 'parent' ? t(`assets.evidence.${foundBy}`) : '';
    },
    sure: ({ confidence }) =>
      t(`assets.sure.${confidence >= high ? 'high' : confidence >= middle ? 'middle' : 'low'}`),
  };
}
