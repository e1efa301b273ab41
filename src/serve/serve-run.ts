import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Host } from '../model/host.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import { randomToken } from '../process/random-token.js';
import { watchRun, type WatchedRun } from '../run/watch/watch-run.js';
import { pageApp } from './page-app.js';
import { portTaken } from './port-taken.js';

interface ServeOptions {
  /** 0 for any free one. */
  readonly port: number;
  readonly token: string;
  readonly endpoint: KafkaEndpoint | undefined;
  readonly env: Host['env'];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The pages of a run on 127.0.0.1, until it is disposed. */
export interface ServedRun extends AsyncDisposable {
  readonly port: number;
  readonly watched: WatchedRun;
}

/**
 * Serves the pages of a run, which may be running in another process. Open connections do not keep it from ending.
 * Throws PORT_IN_USE, and what reading the run throws.
 */
export async function serveRun(folder: string, options: ServeOptions): Promise<ServedRun> {
  const watched = await watchRun(folder, options.now);
  const over = new AbortController();
  try {
    const server = await listen(options.port);
    const { port } = server.address() as AddressInfo;
    const { token, endpoint, env } = options;
    const session = randomToken();
    const app = pageApp({ watched, port, token, session, endpoint, env, over: over.signal });
    const answer = getRequestListener(app.fetch);
    server.on('request', (request, response) => void answer(request, response));
    return {
      port,
      watched,
      [Symbol.asyncDispose]: async () => {
        over.abort();
        await close(server);
        await watched[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await watched[Symbol.asyncDispose]();
    throw error;
  }
}

/** Listens on this machine only. */
async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw portTaken(port, error);
  }
}

/** How long open streams have to send their last words. */
const lastWordsMs = 300;

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, lastWordsMs);
  await closed;
  clearTimeout(timer);
}
