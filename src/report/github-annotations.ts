import type { Finding } from '../model/finding.js';
import { levelText } from '../model/knob.js';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/**
 * Findings as workflow commands of GitHub Actions, a line each, which it shows beside the lines of a pull request
 * (docs.github.com, "Workflow commands"). `file` is relative to the repository.
 */
export function githubAnnotations(findings: readonly Finding[], file: string): string {
  return findings.map((finding) => annotation(finding, file)).join('\n');
}

function annotation(finding: Finding, file: string): string {
  const { severity, rule, key, levels, what, why, instead, position } = finding;
  const properties = [
    `file=${property(file)}`,
    ...(position === undefined
      ? []
      : [`line=${String(position.line)}`, `col=${String(position.column)}`]),
    `title=${property(`streamtune ${rule}`)}`,
  ];
  const value = levels.length === 0 ? '' : `=${levels.map(levelText).join(', ')}`;
  const about = key === '' ? '' : `${key}${value}: `;
  const better = instead === null ? '' : ` Use instead: ${instead}.`;
  const text = data(`${about}${[what, why].filter((part) => part !== '').join(' ')}${better}`);
  return `::${commands[severity]} ${properties.join(',')}::${text}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
