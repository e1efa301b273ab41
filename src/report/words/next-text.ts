import type { NextStep } from '../../model/run/next-step.js';
import { levelText } from '../../model/knob.js';
import { count, magnitude } from './wording.js';

/** What to do next, in one sentence. */
export function nextSentence(next: NextStep): string {
  switch (next.kind) {
    case 'resume':
      return 'Next: continue this run with streamtune resume; the trials that have ended are kept.';
    case 'mend':
      return 'Next: see why the trials did not count, mend that, and run it again.';
    case 'calm-machine':
      return 'Next: run it again on a machine without other work, since the baseline differed from itself.';
    case 'more-blocks':
      return `Next: run it with --blocks ${count(next.blocks)}, which would detect a change of ${magnitude(next.change)} at this noise.`;
    case 'less-noise':
      return `Next: make trials longer (measurement.window)${next.readsCanary ? '' : ', turn measurement.canary on'}, or ask for larger changes (stopping.worthwhile): at this noise, ${magnitude(next.change)} would take about ${count(next.blocks)} blocks.`;
    case 'go-on':
      return `Next: try ${next.end === 'lowest' ? 'lower' : 'higher'} levels of ${next.key}, since ${levelText(next.level)}, the best, is the ${next.end} that was tried.`;
    case 'confirm':
      return 'Next: confirm it in a run of its own, with the baseline and another --seed, since the best of several looks better than it is.';
    case 'try-knob':
      return `Next: try ${next.key}: ${reasonText(next)}.`;
  }
}

function reasonText({ why }: Extract<NextStep, { readonly kind: 'try-knob' }>): string {
  switch (why.kind) {
    case 'commits':
      return `commits take ${magnitude(why.share)} of a batch, whatever its size`;
    case 'planning':
      return `planning takes ${magnitude(why.share)} of a batch, whatever its size`;
    case 'stateful':
      return 'each batch has a task, and a state store, for each of them';
    case 'batch-size':
      return 'what a batch costs apart from its rows is shared by all of them';
  }
}
