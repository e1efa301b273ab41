import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The reports of a run that must be the same after a crash and a resume. */
export const reports = ['trials.csv', 'summary.json', 'report.md', 'answers.md'];

export function journalLines(run: string): string[] {
  return readFileSync(join(run, 'journal.ndjson'), 'utf8').split('\n').slice(0, -1);
}

/** Copies a complete run to `to`, as a kill would have left it after so many steps, the next one half written. */
export function brokenOffRun(whole: string, to: string, steps: number): string {
  rmSync(to, { recursive: true, force: true });
  cpSync(whole, to, { recursive: true });
  for (const name of reports) rmSync(join(to, name));
  const all = journalLines(whole);
  const torn = (all[steps] ?? '').slice(0, 40);
  writeFileSync(join(to, 'journal.ndjson'), `${all.slice(0, steps).join('\n')}\n${torn}`);
  const trialsIn = (kind: string) =>
    new Set(
      all
        .slice(0, steps)
        .flatMap((line) => new RegExp(`"${kind}","trial":"([^"]+)"`).exec(line)?.[1] ?? []),
    );
  const [begun, over] = [trialsIn('trial-started'), trialsIn('trial-ended')];
  for (const id of readdirSync(join(to, 'trials'))) {
    if (!begun.has(id)) rmSync(join(to, 'trials', id), { recursive: true });
    // It is written after the journal's line.
    else if (!over.has(id)) rmSync(join(to, 'trials', id, 'outcome.json'));
  }
  return to;
}

/** A report says that the run was resumed, the other files do not. */
export function saidOfResumes(text: string, name: string): boolean {
  return /Resumed at 20|"idleMs"/.test(text) === /report|summary/.test(name);
}

/** The text without what a resume adds: nothing else may differ. */
export function withoutResumes(text: string, name: string): string {
  return name === 'summary.json'
    ? JSON.stringify({ ...(JSON.parse(text) as object), resumes: null })
    : text.replace(/\nResumed at .*\n/g, '');
}
