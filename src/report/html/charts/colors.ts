import type { Verdict } from '../../../model/run/comparison.js';

/** The CSS colour of a verdict; blue and orange are told apart by those who cannot tell red from green. */
export function verdictColor(verdict: Verdict | null): string {
  switch (verdict?.kind) {
    case 'better':
      return 'var(--better)';
    case 'worse':
    case 'ineligible':
      return 'var(--worse)';
    case 'equivalent':
    case 'not-worthwhile':
      return 'var(--equivalent)';
    case 'inconclusive':
      return 'var(--open)';
    default:
      return 'var(--aside)';
  }
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
