import { createInstance, type i18n } from 'i18next';
import { en } from './en/all.ts';
import { ru } from './ru/all.ts';

declare module 'i18next' {
  // Merging needs an interface.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ru };
    returnNull: false;
  }
}

/** Ready at once: both dictionaries are in the bundle. */
export function createWords(language: 'ru' | 'en'): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'ru',
    resources: { ru: { translation: ru }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}
