import { Hono } from 'hono';
import { HarnessError } from '../model/harness-error.js';
import type { Host } from '../model/host.js';
import type { KafkaEndpoint } from '../model/kafka-endpoint.js';
import { messagePage } from '../report/live/message-page.js';
import { brokerOfRun } from '../run/watch/run-broker.js';
import type { WatchedRun } from '../run/watch/watch-run.js';
import { hostGuard, originGuard } from './guard/host-guard.js';
import { securityHeaders } from './guard/security-headers.js';
import { enterRoute, requireSession } from './guard/session.js';
import { assetRoutes } from './routes/asset-routes.js';
import { fileRoutes } from './routes/file-routes.js';
import { runRoutes } from './routes/run-routes.js';
import { topicRoutes } from './routes/topic-routes.js';

/** What the pages of a run are made from. */
export interface PageParts {
  readonly watched: WatchedRun;
  readonly port: number;
  readonly token: string;
  readonly session: string;
  /** The broker whose topics are shown; the run's own if there is none. */
  readonly endpoint: KafkaEndpoint | undefined;
  /** Has what a secured broker's password refers to. */
  readonly env: Host['env'];
  /** Aborted when the server ends. */
  readonly over: AbortSignal;
}

/**
 * The pages of a run, behind their guards:
 *
 *   host (421) ──> origin (403) ──> style sheets, script, /enter ──> cookie (401) ──> run, topics, files
 */
export function pageApp(parts: PageParts): Hono {
  const { watched, port, endpoint, env, over } = parts;
  const app = new Hono();
  app.use('*', securityHeaders(), hostGuard(port), originGuard(port));
  assetRoutes(app);
  enterRoute(app, parts);
  app.use('*', requireSession(parts));
  runRoutes(app, watched, over);
  topicRoutes(app, {
    broker: async () => endpoint ?? (await brokerOfRun(watched, { env, signal: over })),
    signal: over,
  });
  fileRoutes(app, watched.folder);
  app.onError((error, c) => {
    if (!(error instanceof HarnessError)) {
      return c.html(messagePage('Something went wrong', ['This is a bug in streamtune.']), 500);
    }
    return c.html(messagePage('That did not work', [error.message, error.hint]), 502);
  });
  return app;
}
