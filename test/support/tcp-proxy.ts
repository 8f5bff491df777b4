import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a client and a server on 127.0.0.1 and misbehaves as networks do. */
export async function startTcpProxy(targetPort: number) {
  const pairs = new Set<readonly [client: Socket, upstream: Socket]>();
  let silent = false;
  let refusing = false;
  let delayMs = 0;
  let bytesLeft = Number.POSITIVE_INFINITY;

  const forward = (from: Socket, to: Socket, countsBytes: boolean) => {
    from.on('data', (chunk) => {
      const pass = () => {
        if (to.destroyed) return;
        const part = countsBytes ? chunk.subarray(0, bytesLeft) : chunk;
        if (countsBytes) bytesLeft -= part.length;
        to.write(part, () => {
          if (countsBytes && bytesLeft <= 0) cutAll();
        });
      };
      // Timers of equal length fire in the order they were set, so delayed chunks stay in order.
      if (delayMs > 0) setTimeout(pass, delayMs);
      else pass();
    });
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };

  const server = createServer((client) => {
    if (refusing) {
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    client.on('close', () => pairs.delete(pair));
    forward(client, upstream, false);
    forward(upstream, client, true);
    if (silent) for (const socket of pair) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const setSilent = (value: boolean) => {
    silent = value;
    for (const socket of [...pairs].flat()) {
      if (value) socket.pause();
      else socket.resume();
    }
  };
  const cutAll = () => {
    bytesLeft = Number.POSITIVE_INFINITY;
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  };

  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    get connections() {
      return pairs.size;
    },
    /** A black hole: connections open and stay open, and nothing passes until `flow`. */
    stall: () => setSilent(true),
    flow: () => setSilent(false),
    /** Resets every connection; new ones work. */
    cut: cutAll,
    /** Resets everything after that many more bytes from the server: in the middle of a literal, say. */
    cutAfter(bytes: number) {
      bytesLeft = bytes;
    },
    /** While true, a new connection is reset at once. */
    refuse(value: boolean) {
      refusing = value;
      if (value) cutAll();
    },
    /** Of every chunk, both ways. */
    delay(ms: number) {
      delayMs = ms;
    },
    async stop() {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
