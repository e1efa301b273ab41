import type { Verdict, VerdictKind } from '../../../model/run/comparison.js';

const colors: Readonly<Record<VerdictKind, string>> = {
  better: 'var(--better)',
  worse: 'var(--worse)',
  ineligible: 'var(--worse)',
  equivalent: 'var(--equivalent)',
  'not-worthwhile': 'var(--equivalent)',
  inconclusive: 'var(--open)',
  inert: 'var(--aside)',
  'not-judged': 'var(--aside)',
};

/** The CSS colour of a verdict; blue and orange are told apart by those who cannot tell red from green. */
export function verdictColor(verdict: Verdict | null): string {
  return verdict === null ? 'var(--aside)' : colors[verdict.kind];
}

/** The legend of charts that show verdicts. */
export const verdictLegend = [
  { color: 'var(--better)', text: 'better' },
  { color: 'var(--worse)', text: 'worse' },
  { color: 'var(--equivalent)', text: 'equivalent, or not worth it' },
  { color: 'var(--open)', text: 'inconclusive' },
  { color: 'var(--aside)', text: 'not judged' },
] as const;

/** Colours of phases, in their order. */
export function phaseColor(index: number): string {
  return `var(--phase-${String((index % 7) + 1)})`;
}
