const digitsShown = 2;
/** Shorter numbers would be given away by their last two digits. */
const shortest = 5;

/** Says which of one's own numbers it is to whoever knows them, and nothing to anybody else: `••• •••-••-12`. */
export function maskPhone(phone: string | null): string {
  const digits = (phone ?? '').replaceAll(/\D/g, '');
  return digits.length < shortest ? '' : `••• •••-••-${digits.slice(-digitsShown)}`;
}
