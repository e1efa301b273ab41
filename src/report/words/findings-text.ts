import type { Finding } from '../../model/finding.js';
import { levelText } from '../../model/knob.js';
import { plural } from './wording.js';

/** Findings as text, a paragraph each: where, what will happen, why, and what to do instead. */
export function renderFindings(
  findings: readonly Finding[],
  lines: ReadonlyMap<string, number>,
): string {
  if (findings.length === 0) return 'No problems found with the knobs.';
  const paragraphs = findings.map((finding) => {
    const line = lines.get(finding.key);
    const levels = finding.levels.map(levelText).join(', ');
    const instead = finding.instead === null ? '' : ` Use instead: ${finding.instead}.`;
    return [
      `${finding.severity}: ${finding.key}${levels === '' ? '' : `=${levels}`}${line === undefined ? '' : ` (line ${String(line)})`}`,
      `  ${finding.what} ${finding.why}${instead}`,
    ].join('\n');
  });
  const found = (['error', 'warning', 'note'] as const)
    .map((severity) => [severity, findings.filter((one) => one.severity === severity).length])
    .filter(([, found]) => found !== 0)
    .map(([severity, found]) => plural(Number(found), String(severity)));
  return [...paragraphs, `${found.join(', ')}.`].join('\n');
}
