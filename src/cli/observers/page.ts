import { createConnection } from 'node:net';
import { join } from 'node:path';
import { freePorts } from '../../kafka/broker/free-port.js';
import { messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { RunObserver } from '../../model/run/run-event.js';
import { ownCommand } from '../../process/own-command.js';
import { randomToken } from '../../process/random-token.js';
import { startService, type Service } from '../../process/service.js';
import { waitUntil } from '../../process/wait-until.js';
import { pageAddress, tokenVariable } from '../page/page-address.js';

interface PageOptions {
  readonly host: Host;
  /** Undefined for a free one. */
  readonly port: number | undefined;
  /** Says where the page is, or why there is none. */
  readonly tell: (text: string) => void;
}

const upWithinMs = 30_000;
/** For its last words to the browser. */
const graceMs = 2_000;

/**
 * Serves the page of a run from a process of its own with a lower priority, which reads the run's folder: nothing that a
 * browser asks for takes time from the run, and nothing that goes wrong there can end it.
 */
export function pageObserver({ host, port, tell }: PageOptions): RunObserver {
  let serving: Promise<Service | undefined> | undefined;
  const over = new AbortController();
  const start = async (folder: string) => {
    const [free = 0] = port === undefined ? await freePorts(1) : [port];
    const token = randomToken();
    const call = ['serve', folder, '--port', String(free), '--until-ended'];
    const env = { ...host.env, [tokenVariable]: token };
    const logFile = join(folder, 'page.log');
    const service = await startService(ownCommand(call, env), { logFile, graceMs });
    // Not awaited: the first trial does not wait for the page.
    void announce(service, free, over.signal).then(
      (isUp) => {
        if (isUp) tell(`Watch it: ${pageAddress(free, token)}`);
        else if (!over.signal.aborted) tell(`The page of the run has not started; see ${logFile}`);
      },
      () => undefined,
    );
    return service;
  };
  return {
    notify: (event) => {
      if (event.kind !== 'run-opened') return;
      serving = start(event.folder).catch((error: unknown) => {
        tell(`The page of the run could not be started: ${messageOf(error)}`);
        return undefined;
      });
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await (await serving)?.stop();
    },
  };
}

/** Whether the page answers. */
async function announce(service: Service, port: number, signal: AbortSignal): Promise<boolean> {
  return await waitUntil({
    what: 'the page of the run answers',
    timeoutMs: upWithinMs,
    signal,
    check: async () => {
      if (!service.isRunning()) return false;
      return (await answers(port)) ? true : undefined;
    },
  }).catch(() => false);
}

async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
