import { Api } from 'telegram/tl/index.js';
import type { Connection } from './connection.ts';
import type { Fault, Faults } from './faults.ts';
import { createOutcomes } from './outcomes.ts';
import type { Call, Records } from './records.ts';
import { RpcError, type Method, type OpenContext } from './rpc.ts';
import type { ServerClock } from './server-clock.ts';
import type { Services } from './services.ts';
import type { Session } from './session.ts';
import { big, encode, readObject, rpcError, rpcResult, type TlMessage, type TlObject } from './tl.ts';
import type { Account } from './world/model.ts';
import type { World } from './world/world.ts';

type DispatchParts = {
  readonly world: World;
  readonly clock: ServerClock;
  readonly services: Services;
  readonly faults: Faults;
  readonly records: Records;
  readonly methods: readonly Method[];
};

type Opened = { readonly request: TlObject; readonly after: readonly bigint[] };

/** Takes one decrypted message: service messages are answered here, requests by their method. */
export function createDispatch({ world, clock, services, faults, records, methods }: DispatchParts) {
  const byName = new Map(methods.map((method) => [method.name, method]));
  const outcomes = createOutcomes();

  const perform = async (context: OpenContext, request: TlObject, fault: Fault | undefined) => {
    const { login, session } = context;
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.error !== undefined) throw new RpcError(fault.error.code, fault.error.message);
    if (fault?.floodSeconds !== undefined) throw new RpcError(420, `FLOOD_WAIT_${fault.floodSeconds}`);
    const isKnown = session.authKey.layer !== undefined || request instanceof Api.auth.BindTempAuthKey;
    if (!isKnown) throw new RpcError(400, 'CONNECTION_NOT_INITED');
    const method = byName.get(request.className);
    if (method === undefined) {
      records.unhandled.push(request.className);
      throw new RpcError(400, 'METHOD_NOT_IN_TEST_DC');
    }
    const account = login.account === undefined ? undefined : world.accounts.get(login.account);
    if (!method.open) requireSignedIn(context, account);
    return encode(method.handle(context, account, request));
  };

  const answer = async (context: OpenContext, { request, after }: Opened, call: Call): Promise<boolean> => {
    const { connection, session, msgId } = context;
    const fault = faults.take(request.className);
    if (fault?.drop === true) connection.drop();
    if (fault?.drop === true || fault?.ignore === true) return false;
    try {
      // Nothing to wait for means no turn of the loop either: what is asked at once is done in its order.
      if (after.length > 0 && !(await outcomes.allGood(session, after))) {
        throw new RpcError(400, 'MSG_WAIT_FAILED');
      }
      const result = await perform(context, request, fault);
      if (fault?.after === true) connection.drop();
      else session.send({ body: rpcResult(msgId, result), kind: 'answer', content: true });
      return true;
    } catch (error) {
      const { code, message } = error instanceof RpcError ? error : new RpcError(500, 'TEST_DC_BUG');
      if (!(error instanceof RpcError)) records.problems.push(`${request.className}: ${describe(error)}`);
      call.error = message;
      session.send({ body: rpcError(msgId, code, message), kind: 'answer', content: true });
      return false;
    }
  };

  return (connection: Connection, session: Session, { msgId, body }: TlMessage) => {
    const say = (object: TlObject) =>
      session.send({ body: object.getBytes(), kind: 'answer', content: false });
    let request: TlObject;
    try {
      request = readObject(body);
    } catch (error) {
      records.problems.push(`cannot be read: ${describe(error)}`);
      session.send({ body: rpcError(msgId, 400, 'INPUT_METHOD_INVALID'), kind: 'answer', content: true });
      return;
    }
    if (isSilent(request)) return;
    if (request instanceof Api.Ping || request instanceof Api.PingDelayDisconnect) {
      const fault = faults.take(request.className);
      if (fault?.drop === true) connection.drop();
      if (fault?.drop === true || fault?.ignore === true) return;
      if (request instanceof Api.PingDelayDisconnect) connection.dropAfter(request.disconnectDelay);
      say(new Api.Pong({ msgId: big(msgId), pingId: request.pingId }));
    } else if (request instanceof Api.GetFutureSalts) {
      say(new Api.FutureSalts({ reqMsgId: big(msgId), now: clock.seconds(), salts: [] }));
    } else if (request instanceof Api.DestroySession) {
      say(new Api.DestroySessionOk({ sessionId: request.sessionId }));
    } else if (request instanceof Api.RpcDropAnswer) {
      session.send({
        body: rpcResult(msgId, new Api.RpcAnswerUnknown().getBytes()),
        kind: 'answer',
        content: true,
      });
    } else {
      const opened = openWrappers(session, request);
      const method = opened.request.className;
      const { id, dcId } = connection;
      const call = records.note({ dcId, connection: id, method, msgId: msgId.toString() });
      const { login } = session.authKey;
      const context = { world, clock, services, connection, session, msgId, login };
      outcomes.keep(session, msgId, answer(context, opened, call));
    }
  };
}

function openWrappers(session: Session, request: TlObject): Opened {
  let inner: TlObject = request;
  let wantsUpdates = true;
  let after: readonly bigint[] = [];
  for (;;) {
    if (inner instanceof Api.InvokeWithLayer) session.authKey.layer = inner.layer;
    else if (inner instanceof Api.InitConnection) {
      const { apiId, deviceModel: model, systemVersion: system, appVersion: app } = inner;
      session.authKey.login.device = { apiId, model, system, app };
    } else if (inner instanceof Api.InvokeWithoutUpdates) wantsUpdates = false;
    else if (inner instanceof Api.InvokeAfterMsg) after = [BigInt(inner.msgId.toString())];
    else if (inner instanceof Api.InvokeAfterMsgs) after = inner.msgIds.map((id) => BigInt(id.toString()));
    else break;
    const query: unknown = inner.query;
    inner = toTlObject(query);
  }
  if (wantsUpdates && !inner.className.startsWith('upload.')) session.wantsUpdates = true;
  return { request: inner, after };
}

function requireSignedIn({ login, session }: OpenContext, account: Account | undefined) {
  if (!session.authKey.bound) throw new RpcError(401, 'AUTH_KEY_PERM_EMPTY');
  if (login.refusal !== undefined) throw new RpcError(401, login.refusal);
  if (login.passwordFor !== undefined) throw new RpcError(401, 'SESSION_PASSWORD_NEEDED');
  if (account === undefined) throw new RpcError(401, 'AUTH_KEY_UNREGISTERED');
}

function isSilent(request: TlObject): boolean {
  return (
    request instanceof Api.MsgsAck ||
    request instanceof Api.MsgsStateReq ||
    request instanceof Api.MsgsStateInfo ||
    request instanceof Api.MsgsAllInfo ||
    request instanceof Api.HttpWait
  );
}

function toTlObject(value: unknown): TlObject {
  if (typeof value !== 'object' || value === null || !('className' in value) || !('getBytes' in value)) {
    throw new RpcError(400, 'INPUT_METHOD_INVALID');
  }
  return value as TlObject;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
