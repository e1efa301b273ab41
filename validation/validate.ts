// Runs every validation check on 2,000 simulated nights and writes the figures into docs/validation.md.
// Usage: npm run validate
import { readFileSync, writeFileSync } from 'node:fs';
import { projectPath } from '../src/process/project-paths.js';
import { checks } from './checks.js';

const nights = 2_000;
const file = projectPath('docs/validation.md');
const rows = checks.map((check) => {
  const figure = check.measure(nights);
  const { least, most } = check.limits(nights);
  const ok = figure >= (least ?? -Infinity) && figure <= (most ?? Infinity);
  const limit = [
    ...(least === undefined ? [] : [`≥ ${percent(least)}`]),
    ...(most === undefined ? [] : [`≤ ${percent(most)}`]),
  ].join(', ');
  process.stdout.write(
    `${ok ? 'ok    ' : 'FAILED'} ${check.id} ${check.what}: ${percent(figure)} (${limit})\n`,
  );
  if (!ok) process.exitCode = 1;
  return `| ${check.id} | ${check.what} | ${limit} | ${percent(figure)} |`;
});
const page = readFileSync(file, 'utf8');
const [before = '', after = ''] = page.split(/<!-- simulated:begin -->[^]*<!-- simulated:end -->/);
const table = ['| | what | must be | was |', '| --- | --- | --- | --- |', ...rows].join('\n');
writeFileSync(
  file,
  `${before}<!-- simulated:begin -->\n\n${table}\n\n<!-- simulated:end -->${after}`,
);

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
