// Runs every validation check on 2,000 simulated nights and writes the figures into docs/validation.md.
// Usage: npm run validate
import { checks } from './simulated/checks.js';
import { writeTable } from './write-table.js';

const nights = 2_000;
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
  return { id: check.id, what: check.what, limit, figure: percent(figure), ok };
});
writeTable('simulated', rows);

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
