import { spawn, type ChildProcess } from 'node:child_process';
import { isClaim } from '../../src/model/run/comparison.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import type { RunEvent } from '../../src/model/run/run-event.js';
import { verdictFigure } from './figures.js';
import type { ValidationRow } from '../write-table.js';

/** Loads both processors during every fifth trial, and adds its id to `burned`. */
export function burn(burned: Set<string>): (event: RunEvent) => void {
  let started = 0;
  let burners: ChildProcess[] = [];
  return (event) => {
    if (event.kind === 'trial-started') {
      started += 1;
      if (started % 5 !== 3) return;
      burned.add(event.trial.id);
      burners = [1, 2].map(() => spawn('python3', ['-c', 'while True: pass'], { stdio: 'ignore' }));
    }
    if (event.kind !== 'trial-ended') return;
    for (const burner of burners) burner.kill('SIGKILL');
    burners = [];
  };
}

/** What another program takes in some trials makes no claim, and those trials are named. */
export function burnerRows(model: ReportModel, burned: ReadonlySet<string>): ValidationRow[] {
  const verdicts = model.rows.map(({ throughput }) => throughput).filter((one) => one !== null);
  const { disturbed } = model.sensitivity;
  const found = [...burned].filter((id) => disturbed.includes(id)).length;
  return [
    {
      id: 'V16',
      what: `another program takes both processors during ${String(burned.size)} of ${String(model.endedTrials)} trials; no configuration differs`,
      limit: 'no claim',
      figure: verdicts.map(verdictFigure).join('; '),
      ok: !verdicts.some(({ kind }) => isClaim(kind)),
    },
    {
      id: 'V16',
      what: 'those trials are named as disturbed',
      limit: 'all',
      figure: `${String(found)} of ${String(burned.size)}, and ${String(disturbed.length - found)} others`,
      ok: found === burned.size,
    },
  ];
}
