import { randomBytes } from 'node:crypto';
import { Api } from 'telegram/tl/index.js';
import { dhGenerator, dhPrime } from '../crypto.ts';
import { method, openMethod, RpcError } from '../rpc.ts';
import { answersChallenge, makeChallenge } from '../srp.ts';
import { big } from '../tl.ts';
import { welcome } from './auth.ts';

export const passwordMethods = [
  openMethod(Api.account.GetPassword, ({ world, login }) => {
    const id = login.passwordFor ?? login.account;
    if (id === undefined) throw new RpcError(401, 'AUTH_KEY_UNREGISTERED');
    const { password } = world.account(id);
    const common = {
      newAlgo: new Api.PasswordKdfAlgoUnknown(),
      newSecureAlgo: new Api.SecurePasswordKdfAlgoUnknown(),
      secureRandom: randomBytes(256),
    };
    if (password === undefined) return new Api.account.Password(common);
    const { salt1, salt2, hint } = password;
    const challenge = makeChallenge(password);
    login.challenge = challenge;
    return new Api.account.Password({
      ...common,
      hasPassword: true,
      hint,
      srp_B: challenge.publicB,
      srpId: big(challenge.id),
      currentAlgo: new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow({
        salt1,
        salt2,
        g: dhGenerator,
        p: dhPrime,
      }),
    });
  }),
  openMethod(Api.auth.CheckPassword, (context, { password: given }) => {
    const { login, world } = context;
    const account = login.passwordFor === undefined ? undefined : world.account(login.passwordFor);
    const { challenge } = login;
    login.challenge = undefined;
    if (account?.password === undefined) throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    if (!(given instanceof Api.InputCheckPasswordSRP)) throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    if (challenge === undefined || given.srpId.toString() !== challenge.id.toString()) {
      throw new RpcError(400, 'SRP_ID_INVALID');
    }
    if (!answersChallenge(account.password, challenge, { a: given.A, m1: given.M1 })) {
      throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    }
    return welcome(context, account);
  }),
  method(Api.account.GetAuthorizations, ({ services, account, session, clock }) => {
    const keys = services.keys.all().filter(({ login }) => login.account === account.person.id);
    const logins = [...new Set(keys.map(({ login }) => login))];
    const authorizations = logins.map((login, index) => {
      const { apiId, model: deviceModel, system: systemVersion, app: appVersion } = login.device;
      const current = login === session.authKey.login || undefined;
      return new Api.Authorization({
        current,
        officialApp: undefined,
        hash: big(current ? 0 : index + 1),
        deviceModel,
        platform: 'Desktop',
        systemVersion,
        apiId,
        appName: 'Pult',
        appVersion,
        dateCreated: login.signedInAt,
        dateActive: clock.seconds(),
        ip: '192.0.2.1',
        country: 'Russia',
        region: '',
      });
    });
    return new Api.account.Authorizations({ authorizationTtlDays: 180, authorizations });
  }),
];
