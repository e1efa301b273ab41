import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from '../src/report/markdown/markdown-table.js';
import { projectPath } from '../src/process/project-paths.js';

/** One check with its figure, as a row of the page. */
export interface ValidationRow {
  readonly id: string;
  readonly what: string;
  readonly limit: string;
  readonly figure: string;
  readonly ok: boolean;
}

/** Replaces the rows of a section (`simulated` or `real`) in docs/validation.md. */
export function writeTable(section: string, rows: readonly ValidationRow[]): void {
  const file = projectPath('docs/validation.md');
  const columns = ['', 'what', 'must be', 'was', 'holds'].map((label) => ({
    label,
    align: 'left' as const,
  }));
  const table = markdownTable(
    columns,
    rows.map(({ id, what, limit, figure, ok }) => [id, what, limit, figure, ok ? 'yes' : 'no']),
  );
  const [begin, end] = [`<!-- ${section}:begin -->`, `<!-- ${section}:end -->`];
  const page = readFileSync(file, 'utf8');
  const [before, rest] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || rest < before) throw new Error(`${file} has no place for ${section}`);
  writeFileSync(file, `${page.slice(0, before + begin.length)}\n\n${table}\n\n${page.slice(rest)}`);
}
