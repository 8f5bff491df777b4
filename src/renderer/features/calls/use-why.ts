import { useTranslation } from 'react-i18next';
import { suggestionReasons, type SuggestionReasons } from '../../../shared/contract/technicians.ts';
import { useFormat } from '../../lib/use-format.ts';

/** Why somebody is called, in words: duty, region, skill, load. */
export function useWhy() {
  const { t } = useTranslation();
  const format = useFormat();

  function words(reasons: SuggestionReasons): string {
    const { duty, onCallUntil, region, skill, load, mostCalls, availability } = reasons;
    return [
      duty === 'on-call'
        ? onCallUntil === null
          ? t('calls.why.onCall')
          : t('calls.why.onCallUntil', { time: format.time(onCallUntil) })
        : t(duty === 'off-call' ? 'calls.why.offCall' : 'calls.why.unplanned'),
      region === 'not-asked' ? '' : t(`calls.why.${regionWords[region]}`),
      skill === 'not-asked' ? '' : t(skill === 'has' ? 'calls.why.skillHas' : 'calls.why.skillLacks'),
      load === 0 ? t('calls.why.free') : t('calls.why.load', { load, most: mostCalls }),
      availability === 'busy' ? t('calls.why.busy') : '',
    ]
      .filter(Boolean)
      .join(', ');
  }

  return {
    words,
    /** As it was kept with a turn. */
    ofTurn(why: Readonly<Record<string, unknown>>): string {
      if (why['by'] === 'hand') return t('calls.why.hand');
      const { success, data } = suggestionReasons.safeParse(why);
      return success ? words(data) : t('calls.why.unknown');
    },
  };
}

const regionWords = { own: 'regionOwn', everywhere: 'regionEverywhere', other: 'regionOther' } as const;
