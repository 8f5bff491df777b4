import type { OauthProvider } from '../../../shared/contract/oauth.ts';

export type OauthEndpoints = {
  readonly authorize: string;
  readonly token: string;
  /** undefined: this provider gives mail to no device code. */
  readonly device: string | undefined;
};

export type EndpointsOf = (provider: OauthProvider, tenant: string) => OauthEndpoints;

type Provider = {
  readonly scope: string;
  /** How the loopback address must be written for the provider to let any port of it pass. */
  readonly redirectHost: '127.0.0.1' | 'localhost';
  /** What makes the provider give a token that outlives the hour, again if it gave one before. */
  readonly extra: Readonly<Record<string, string>>;
};

export const providers: Readonly<Record<OauthProvider, Provider>> = {
  google: {
    scope: 'https://mail.google.com/',
    redirectHost: '127.0.0.1',
    extra: { access_type: 'offline', prompt: 'consent' },
  },
  microsoft: {
    scope: [
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      'https://outlook.office.com/SMTP.Send',
      'offline_access',
    ].join(' '),
    redirectHost: 'localhost',
    extra: { prompt: 'select_account' },
  },
};

/** The providers' own doors. */
export const providerEndpoints: EndpointsOf = (provider, tenant) => {
  if (provider === 'google') {
    return {
      authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
      device: undefined,
    };
  }
  const base = `https://login.microsoftonline.com/${tenant === '' ? 'common' : tenant}/oauth2/v2.0`;
  return { authorize: `${base}/authorize`, token: `${base}/token`, device: `${base}/devicecode` };
};
