import type { LiveView } from '../../model/live/live-view.js';
import type { RunStatus } from '../../model/run/run-status.js';
import { html, nothing, type Markup } from '../html/markup.js';
import { whyNotCounted } from '../words/outcome/outcome-text.js';
import { configurationName, count } from '../words/wording.js';

/** The newest; a night in which everything fails has a thousand. */
const shown = 20;

/** Every trial that does not count, with the last lines of its log; nothing without one. */
export function failuresPart({ status, model, logTails }: LiveView): Markup {
  const { failures } = status;
  if (failures.length === 0) return nothing;
  const newest = [...failures].reverse().slice(0, shown);
  const named = new Map(
    model.run.trials.map(({ trial }) => [
      trial.id,
      configurationName(trial.configuration, model.run.experiment.baseline).replaceAll('\n', ', '),
    ]),
  );
  return html`<h2>Failures: ${count(failures.length)}</h2>
    ${newest.map((one) =>
      failure(one, { name: named.get(one.trial) ?? '', lines: logTails.get(one.trial) ?? [] }),
    )}
    ${
      failures.length > shown
        ? html`<p class="note">
            The last ${shown} of ${count(failures.length)}; all are in the report.
          </p>`
        : nothing
    }`;
}

function failure(
  { trial, outcome }: RunStatus['failures'][number],
  { name, lines }: { readonly name: string; readonly lines: readonly string[] },
): Markup {
  const stored = outcome.kind === 'failed' ? outcome.stderrTail : [];
  const tail = (stored.length > 0 ? stored : lines).join('\n');
  return html`<div class="failure warning">
    <p>
      <a href="/trials/${trial}/">${trial}</a> ${name}<br />${outcome.kind}:
      ${whyNotCounted(outcome) ?? ''}
    </p>
    ${
      tail === ''
        ? nothing
        : html`<details id="log-${trial}">
            <summary>The last lines of its log</summary>
            <pre tabindex="0"><code>${tail}</code></pre>
          </details>`
    }
  </div>`;
}
