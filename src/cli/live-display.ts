import type { RunEvent, RunPosition } from '../app/run-event.js';
import type { TextSink } from '../model/host.js';
import type { Trial } from '../model/plan.js';
import type { Assignment } from '../model/knob.js';
import { whyNotCounted } from '../model/outcome.js';
import { configurationName, count, duration } from '../report/wording.js';

/**
 * Shows a run while it goes on: one live line per trial on a terminal, plain lines elsewhere
 * (one when a trial starts and one when it has ended).
 */
export function liveDisplay(sink: TextSink, baseline: Assignment): (event: RunEvent) => void {
  const name = ({ configuration }: Trial) =>
    configurationName(configuration, baseline).replaceAll('\n', ' ');
  let shown = 0;
  const clear = () => {
    if (shown > 0) sink.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  const line = (text: string) => {
    clear();
    sink.write(`${text}\n`);
  };
  const live = (text: string) => {
    if (!sink.isTTY) return;
    const fitted = text.slice(0, Math.max(20, sink.columns - 1));
    clear();
    sink.write(fitted);
    shown = fitted.length;
  };
  return (event) => {
    switch (event.kind) {
      case 'step':
        line(event.text);
        return;
      case 'run-opened':
        line(`Results: ${event.folder}`);
        return;
      case 'trial-started':
        if (sink.isTTY) live(`${where(event.at)}  ${name(event.trial)}  starting`);
        else line(`${where(event.at)}  ${name(event.trial)}  started, ${left(event.at)}`);
        return;
      case 'trial-progress':
        live(
          `${where(event.at)}  ${name(event.trial)}  ${count(event.batches)} batches  ${count(event.rowsPerSecond)} rows/s so far  ${left(event.at)}`,
        );
        return;
      case 'trial-ended':
        line(endedText(event, name(event.record.trial)));
        return;
    }
  };
}

function endedText(
  { record, at }: Extract<RunEvent, { kind: 'trial-ended' }>,
  name: string,
): string {
  const start = `${where(at)}  ${name}`;
  const why = whyNotCounted(record.outcome);
  const took = duration(record.wallMs / 1_000);
  if (why !== undefined) return `${start}  ${record.outcome.kind} after ${took}: ${why}`;
  const { measurement } = record;
  return `${start}  ${count(measurement?.rowsPerSecond)} rows/s, ${count(measurement?.counts.counted)} batches counted, took ${took}, ${left(at)}`;
}

function where({ block, blocks, trialNumber, trials }: RunPosition): string {
  return `block ${count(block)}/${count(blocks)}  trial ${count(trialNumber)}/${count(trials)}`;
}

function left({ secondsLeft }: RunPosition): string {
  return secondsLeft > 0 ? `about ${duration(secondsLeft)} left` : 'last one';
}
