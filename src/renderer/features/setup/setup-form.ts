export type SetupForm = {
  readonly zone: string;
  readonly codePrefix: string;
  readonly name: string;
  readonly pin: string;
  readonly pinAgain: string;
};

export function emptySetup(): SetupForm {
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    codePrefix: 'PLT',
    name: '',
    pin: '',
    pinAgain: '',
  };
}

export function isPrefix(text: string): boolean {
  return /^[A-Z]{2,8}$/.test(text);
}

/** Keys under `setup.person`. */
export function checkPerson(form: SetupForm): {
  readonly name?: 'noName';
  readonly pin?: 'badPin' | 'differentPin';
} {
  return {
    ...(form.name.trim() === '' ? { name: 'noName' as const } : {}),
    ...(form.pin !== '' && !/^\d{4,12}$/.test(form.pin)
      ? { pin: 'badPin' as const }
      : form.pin !== form.pinAgain
        ? { pin: 'differentPin' as const }
        : {}),
  };
}
