import type { Context, Hono } from 'hono';
import type { LiveChoice } from '../../model/live/live-view.js';
import type { ReportModel } from '../../model/run/report-model.js';
import { livePage } from '../../report/live/live-page.js';
import { drawReport } from '../../run/ending/write-reports.js';
import type { WatchedRun } from '../../run/watch/watch-run.js';
import { asFile } from '../guard/security-headers.js';
import { sendEvents } from './send-events.js';

/** Adds the page of the run, its changes, and its report with charts. `over` is aborted when the server ends. */
export function runRoutes(app: Hono, watched: WatchedRun, over: AbortSignal): void {
  app.get('/', (c) => c.html(livePage(watched.view(), choiceOf(c))));
  app.get('/events', (c) => sendEvents(c, { watched, over, choice: choiceOf(c) }));
  const report = reportOf(watched);
  app.get('/report.html', async (c) => {
    asFile(c);
    return c.html(await report());
  });
}

function choiceOf(c: Context): LiveChoice {
  const block = Number(c.req.query('block') ?? NaN);
  return { block: Number.isInteger(block) ? block : undefined };
}

/** The report of the trials so far; drawn when it is asked for, once for each state of the run. */
function reportOf(watched: WatchedRun): () => Promise<string> {
  let drawn: { readonly of: ReportModel; readonly text: string } | undefined;
  return async () => {
    const { model } = watched.view();
    if (drawn?.of !== model) {
      drawn = { of: model, text: await drawReport(watched.folder, model) };
    }
    return drawn.text;
  };
}
