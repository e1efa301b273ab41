import { lintRules, type LintRule } from '../../model/lint-rules.js';

/** Explains a rule of lint for people. */
export function renderRule(rule: LintRule): string {
  const { severity, finds, why, fix } = lintRules[rule];
  return [
    `${rule} (${severity})`,
    `  finds       ${finds}`,
    `  why         ${why}`,
    `  what to do  ${fix}`,
    ...(rule === 'invalid'
      ? []
      : [`  suppress    # streamtune-ignore: ${rule} REASON   (end of the line, or line above)`]),
  ].join('\n');
}
