import type { RouteConfig } from '../../route-driver.ts';

export type WhatsappSetup = {
  readonly base: string;
  readonly phoneNumberId: string;
  readonly token: string;
  readonly template: string;
  readonly templateLanguage: string;
  readonly templateButtons: number;
  readonly relay: string;
  readonly relayToken: string;
  readonly appSecret: string;
  /** Whether anything comes back at all. */
  readonly listens: boolean;
};

export function whatsappSetup({ fields }: RouteConfig): WhatsappSetup {
  const text = (name: string, initial = '') => (fields[name] || initial).trim();
  const server = text('server', 'https://graph.facebook.com').replace(/\/+$/, '');
  const relay = text('relay').replace(/\/+$/, '');
  const appSecret = text('appSecret');
  return {
    base: `${server}/${text('version', 'v23.0')}`,
    phoneNumberId: text('phoneNumberId'),
    token: text('token'),
    template: text('template'),
    templateLanguage: text('templateLanguage', 'ru'),
    templateButtons: Number(text('templateButtons', '0')),
    relay,
    relayToken: text('relayToken'),
    appSecret,
    listens: relay !== '' && appSecret !== '',
  };
}

/** As the service names people: digits alone. */
export function waId(address: string): string {
  return address.replaceAll(/\D/g, '');
}
