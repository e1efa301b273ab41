import { liveLine } from './live-line.js';
import { lasting, spinner } from './spinner.js';
import type { TextSink } from '../../model/host.js';
import type { Assignment } from '../../model/knob.js';
import { trialsOf, type Block, type Trial } from '../../model/trial/plan.js';
import type { RunEvent, RunObserver, Position } from '../../model/run/run-event.js';
import { whyNotCounted } from '../../report/words/outcome/outcome-text.js';
import { configurationName, count, duration } from '../../report/words/wording.js';

/**
 * Shows a run in progress: on a terminal, one live line per trial; elsewhere, a plain line when a trial starts and
 * another when it has ended. With a clock, a terminal also shows that set-up and the start of a trial go on.
 */
export function terminalObserver(
  sink: TextSink,
  baseline: Assignment,
  now?: () => number,
): RunObserver {
  const screen = liveLine(sink);
  const turning = spinner(screen, {
    isTTY: sink.isTTY && now !== undefined,
    now: now ?? (() => 0),
  });
  const show = shown({ screen, sink, baseline });
  let isOpen = false;
  return {
    notify: (event) => {
      turning.stop();
      show(event);
      if (event.kind === 'run-opened') isOpen = true;
      else if (event.kind === 'step' && !isOpen)
        turning.start(lasting(event.text, event.rest), event.rest);
      else if (event.kind === 'trial-started') {
        const start = `${where(event.position)}  ${nameOf(event.trial, baseline)}  starting`;
        turning.start(start, () => left(event.position));
      }
    },
    [Symbol.asyncDispose]: () => {
      turning.stop();
      screen.clear();
      return Promise.resolve();
    },
  };
}

interface Shown {
  readonly screen: ReturnType<typeof liveLine>;
  readonly sink: TextSink;
  readonly baseline: Assignment;
}

function shown({ screen, sink, baseline }: Shown): (event: RunEvent) => void {
  const name = (trial: Trial) => nameOf(trial, baseline);
  return (event) => {
    switch (event.kind) {
      case 'step':
        screen.line(event.text);
        return;
      case 'run-opened':
        screen.line(`Results: ${event.folder}`);
        return;
      case 'block-decided':
        if (event.fewer) screen.line(fewerText(event.block, name));
        return;
      case 'trial-started': {
        const start = `${where(event.position)}  ${name(event.trial)}`;
        if (sink.isTTY) screen.live(`${start}  starting`);
        else screen.line(`${start}  started, ${left(event.position)}`);
        return;
      }
      case 'trial-progress':
        screen.live(progressText(event, name(event.trial)));
        return;
      case 'trial-ended':
        screen.line(endedText(event, name(event.ended.trial)));
        return;
      case 'run-ended':
        return; // the table or the error follows
    }
  };
}

function nameOf({ configuration }: Trial, baseline: Assignment): string {
  return configurationName(configuration, baseline).replaceAll('\n', ' ');
}

/** `From block 4 on, only these run: baseline, spark.sql.shuffle.partitions=5.` */
function fewerText(block: Block, name: (trial: Trial) => string): string {
  const trials = trialsOf({ blocks: [block] });
  const names = trials.map(name).sort();
  return `From block ${count(block.number)} on, only these run: ${names.join(', ')}.`;
}

function progressText(
  { position, batches, rowsPerSecond }: Extract<RunEvent, { kind: 'trial-progress' }>,
  name: string,
): string {
  return `${where(position)}  ${name}  ${count(batches)} batches  ${count(rowsPerSecond)} rows/s so far  ${left(position)}`;
}

function endedText(
  { ended, position }: Extract<RunEvent, { kind: 'trial-ended' }>,
  name: string,
): string {
  const start = `${where(position)}  ${name}`;
  const why = whyNotCounted(ended.outcome);
  const took = duration(ended.wallMs / 1_000);
  if (why !== undefined) return `${start}  ${ended.outcome.kind} after ${took}: ${why}`;
  const { measurement } = ended;
  return `${start}  ${count(measurement?.rowsPerSecond)} rows/s, ${count(measurement?.counts.counted)} batches counted, took ${took}, ${left(position)}`;
}

function where({ block, blocks, trialNumber, trials }: Position): string {
  return `block ${count(block)}/${count(blocks)}  trial ${count(trialNumber)}/${count(trials)}`;
}

function left({ secondsLeft }: Position): string {
  return secondsLeft > 0 ? `about ${duration(secondsLeft)} left` : 'last one';
}
