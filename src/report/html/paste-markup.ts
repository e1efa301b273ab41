import type { ReportModel } from '../../model/run/report-model.js';
import { changedKnobs, pasteLines, submitName } from '../paste-lines.js';
import { html, nothing, type Markup } from './markup.js';

/** The lines that change the baseline into the best configuration, each block to be copied whole; empty if none is better. */
export function pasteMarkup({ conclusion: { answer }, run }: ReportModel): Markup {
  if (answer.kind !== 'better') return nothing;
  const lines = pasteLines(changedKnobs(answer.best.configuration, run.experiment.baseline));
  const { submit, source, others, unset } = lines;
  const block = (title: string, text: string) =>
    text === ''
      ? nothing
      : html`<p>${title}</p>
          <pre tabindex="0"><code>${text}</code></pre>`;
  return html`<section>
    <h2>To use it</h2>
    ${block(`For spark-submit${submitName(lines)}:`, submit)}
    ${block('For the Kafka source:', source)} ${block('To set elsewhere:', others.join('\n'))}
    ${block('To leave unset:', unset.join('\n'))}
  </section>`;
}
