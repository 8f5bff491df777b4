import { Api } from 'telegram/tl/index.js';
import { openMethod } from '../rpc.ts';

export const helpMethods = [
  openMethod(Api.help.GetConfig, ({ services, connection, clock }) => {
    const dcOptions = [...services.ports.keys()].map(
      (id) => new Api.DcOption({ id, ipAddress: `10.0.0.${id}`, port: 443 }),
    );
    return new Api.Config({
      date: clock.seconds(),
      expires: clock.seconds() + 3600,
      testMode: false,
      thisDc: connection.dcId,
      dcOptions,
      dcTxtDomainName: 'dc.example',
      chatSizeMax: 200,
      megagroupSizeMax: 200_000,
      forwardedCountMax: 100,
      onlineUpdatePeriodMs: 210_000,
      offlineBlurTimeoutMs: 5000,
      offlineIdleTimeoutMs: 30_000,
      onlineCloudTimeoutMs: 300_000,
      notifyCloudDelayMs: 30_000,
      notifyDefaultDelayMs: 1500,
      pushChatPeriodMs: 60_000,
      pushChatLimit: 2,
      editTimeLimit: 172_800,
      revokeTimeLimit: 2_147_483_647,
      revokePmTimeLimit: 2_147_483_647,
      ratingEDecay: 2_419_200,
      stickersRecentLimit: 200,
      channelsReadMediaPeriod: 604_800,
      callReceiveTimeoutMs: 20_000,
      callRingTimeoutMs: 90_000,
      callConnectTimeoutMs: 30_000,
      callPacketTimeoutMs: 10_000,
      meUrlPrefix: 'https://t.me/',
      captionLengthMax: 1024,
      messageLengthMax: 4096,
      webfileDcId: connection.dcId,
    });
  }),
  openMethod(Api.help.GetNearestDc, ({ connection }) => {
    const dcId = connection.dcId;
    return new Api.NearestDc({ country: 'RU', thisDc: dcId, nearestDc: dcId });
  }),
  openMethod(
    Api.help.GetAppConfig,
    () => new Api.help.AppConfig({ hash: 1, config: new Api.JsonObject({ value: [] }) }),
  ),
];
