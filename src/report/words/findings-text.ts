import type { Finding } from '../../model/finding.js';
import { levelText } from '../../model/knob.js';
import { plural } from './wording.js';

/**
 * Findings as text, a paragraph each: where, what will happen, why, and what to do instead. Notes are only counted
 * unless they are asked for, as they say the same each time.
 */
export function renderFindings(
  findings: readonly Finding[],
  { notes }: { readonly notes: 'all' | 'counted' },
): string {
  if (findings.length === 0) return 'No problems found with the knobs.';
  const shown = findings.filter(({ severity }) => notes === 'all' || severity !== 'note');
  const found = (['error', 'warning', 'note'] as const)
    .map((severity) => [severity, findings.filter((one) => one.severity === severity).length])
    .filter(([, found]) => found !== 0)
    .map(([severity, found]) => plural(Number(found), String(severity)));
  const rest = shown.length === findings.length ? '' : ' (`streamtune lint FILE` shows the notes)';
  return [...shown.map(paragraph), `${found.join(', ')}${rest}.`].join('\n');
}

function paragraph({ severity, rule, key, levels, what, why, instead, position }: Finding): string {
  const value = levels.length === 0 ? '' : `=${levels.map(levelText).join(', ')}`;
  const line = position === undefined ? '' : ` (line ${String(position.line)})`;
  const better = instead === null ? '' : ` Use instead: ${instead}.`;
  return `${severity}: ${key}${value}${line} [${rule}]\n  ${what} ${why}${better}`;
}
