import type { ReportModel } from '../../model/run/report-model.js';
import type { NamedText } from '../../model/stand-alone-job.js';
import { baselineText, chosenConfiguration } from '../best/chosen-configuration.js';
import { html, nothing, type Markup } from './markup.js';

/** The files of `best/`, each behind a click, and whose settings they hold. */
export function bestMarkup(model: ReportModel, best: readonly NamedText[] = []): Markup {
  const chosen = chosenConfiguration(model);
  if (best.length === 0 || chosen === undefined) return nothing;
  const files = best.map(
    ({ name, text }) =>
      html`<details>
        <summary><code>best/${name}</code></summary>
        <pre tabindex="0"><code>${text}</code></pre>
        <p><a href="best/${name}">Open the file</a></p>
      </details>`,
  );
  const whose = chosen.isWinner
    ? html`<p>
        The whole call with these settings is in the folder <code>best/</code> beside this page:
      </p>`
    : html`<h2>To use it</h2>
        <p>
          ${baselineText(model)} The whole call with its settings is in the folder
          <code>best/</code> beside this page:
        </p>`;
  return html`<section>${whose} ${files}</section>`;
}
