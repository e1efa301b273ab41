import type { Control, PairedEstimate, Verdict, VerdictKind } from '../../model/run/comparison.js';
import type { Configuration } from '../../model/configuration.js';
import { levelText, type Assignment } from '../../model/knob.js';
import type { MeasurementWarning } from '../../model/trial/measurement.js';
import type { Spread } from '../../model/run/report-model.js';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `20,312`; an em dash without a figure. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : whole.format(value);
}

/** `1 block`, `2 blocks`. */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `12.3 MB`, in millions of bytes. */
export function megabytes(bytes: number): string {
  return `${oneDecimal.format(bytes / 1e6)} MB`;
}

/** A ratio as a change: 0.1 is `+10 %`; small ones have one decimal. */
export function percent(ratio: number): string {
  const size = magnitude(ratio);
  if (size === '0.0 %') return size;
  return `${ratio < 0 ? '−' : '+'}${size}`;
}

/** The size of a change, without its sign. */
export function magnitude(ratio: number): string {
  const value = Math.abs(ratio) * 100;
  return `${(value < 9.95 ? oneDecimal : whole).format(value)} %`;
}

/** `1m 20s`, `45s`, `3h 05m`. */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor((total % 3_600) / 60);
  if (hours > 0) return `${String(hours)}h ${String(minutes).padStart(2, '0')}m`;
  if (minutes > 0) return `${String(minutes)}m ${String(total % 60).padStart(2, '0')}s`;
  return `${String(total)}s`;
}

/** The median with its range. */
export function spread(value: Spread | null): string {
  return value === null ? '—' : `${count(value.median)} (${count(value.low)}–${count(value.high)})`;
}

/** `better\n+433 % (+390 % to +480 %)`: the verdict with its gain. */
export function verdictCell(verdict: Verdict): string {
  const { estimate } = verdict;
  const word = verdictWord(verdict).replace(': ', ':\n');
  return estimate === null ? word : `${word}\n${gainText(estimate)}`;
}

/** The word for a verdict; what a screening has left out has one of its own. */
export function verdictWord({ kind, cautions }: Verdict): string {
  if (cautions.some((caution) => caution.kind === 'screened-out'))
    return 'screened out: not judged';
  return kindWord(kind);
}

/** `not judged`, `not worth it`; the others are words already. */
export function kindWord(kind: VerdictKind): string {
  if (kind === 'not-judged') return 'not judged';
  return kind === 'not-worthwhile' ? 'not worth it' : kind;
}

/** `+433 % (+390 % to +480 %)`; without an interval if there is one block, or where nothing was judged. */
export function gainText({ gain, interval, blocks }: PairedEstimate): string {
  if (interval !== null)
    return `${percent(gain)} (${percent(interval.low)} to ${percent(interval.high)})`;
  return blocks === 1 ? `${percent(gain)} (one block: no interval)` : percent(gain);
}

/** `passed\n+0.3 % (…)`: how the baseline compares with itself. */
export function controlCell({ result, estimate }: Control): string {
  const word = result === 'not-judged' ? 'not judged' : result;
  return estimate === null ? word : `${word}\n${gainText(estimate)}`;
}

/** `baseline`, or the pairs that differ from it. */
export function configurationName(configuration: Configuration, baseline: Assignment): string {
  if (configuration.role === 'baseline') return 'baseline';
  if (configuration.role === 'baseline-repeat') return 'baseline again (A/A)';
  return Object.entries(configuration.levels)
    .filter(([key, level]) => baseline[key] !== level)
    .map(([key, level]) => `${key}=${levelText(level)}`)
    .join('\n');
}

/** A warning about one trial, as a sentence. */
export function warningText(warning: MeasurementWarning): string {
  switch (warning.kind) {
    case 'few-batches':
      return `only ${count(warning.counted)} batches after the warm-up, fewer than ${count(warning.wanted)}: use more records or a longer window`;
    case 'dropped-late-rows':
      return `${count(warning.rows)} rows were dropped as late by the watermark`;
    case 'still-warming':
      return `its warm-up probably takes ${duration(warning.mserSeconds)} or longer (MSER-5), but only ${duration(warning.cutSeconds)} are cut`;
    case 'producer-behind':
      return `the producer kept only ${magnitude(warning.keptShare)} of its schedule`;
    case 'reading-tasks':
      return `a batch was read by ${plural(warning.tasks, 'task')}, not the ${count(warning.wanted)} that the topic and source.minPartitions call for`;
    case 'missing-batches':
    case 'repeated-batch':
    case 'offset-mismatch':
      return gapText(warning);
  }
}

/** What is wrong with a trial's progress events, whether it costs the trial or is a warning. */
type Gap = Extract<
  MeasurementWarning,
  { readonly kind: 'missing-batches' | 'repeated-batch' | 'offset-mismatch' }
>;

export function gapText(gap: Gap): string {
  switch (gap.kind) {
    case 'missing-batches':
      return `progress events are missing after batch ${String(gap.after)}`;
    case 'repeated-batch':
      return `batch ${String(gap.batchId)} was reported twice`;
    case 'offset-mismatch':
      return `the batches report ${count(gap.inputRows)} rows, the Kafka offsets ${count(gap.offsetRows)}`;
  }
}

export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
