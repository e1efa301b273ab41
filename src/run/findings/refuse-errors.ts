import type { Finding } from '../../model/finding.js';
import { HarnessError } from '../../model/harness-error.js';
import { levelText } from '../../model/knob.js';

/**
 * Refuses an experiment in which lint found an error: its trials would fail, not count, or all be the same. Throws
 * EXPERIMENT_INVALID with every error.
 */
export function refuseErrors(file: string, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  throw new HarnessError({
    code: 'EXPERIMENT_INVALID',
    message: errors.map((finding) => `${placeOf(file, finding)}${textOf(finding)}`).join('\n  '),
    hint: 'Correct it (`streamtune lint FILE` shows all findings), or run it anyway with --force.',
  });
}

function placeOf(file: string, { position }: Finding): string {
  return position === undefined
    ? `${file}: `
    : `${file}:${String(position.line)}:${String(position.column)}: `;
}

function textOf({ rule, key, levels, what, why, instead }: Finding): string {
  const value = levels.length === 0 ? '' : `=${levels.map(levelText).join(', ')}`;
  const better = instead === null || why.includes(instead) ? '' : ` Use instead: ${instead}.`;
  return `${key}${value}: ${what} ${why}${better} [${rule}]`;
}
