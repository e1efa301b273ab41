import { isClaim, type Verdict } from '../../src/model/run/comparison.js';
import type { ReportModel } from '../../src/model/run/report-model.js';
import { magnitude, percent } from '../../src/report/words/wording.js';
import { baselineBatchMs, delayedBy, holds, plantedDelay } from './delayed-job.js';
import { controlFigure, verdictFigure } from './figures.js';
import type { ValidationRow } from '../write-table.js';

/** A delay of known size is measured right, and a key that nobody reads is not claimed to matter. */
export function plantedRows(model: ReportModel): ValidationRow[] {
  const { control, sd, unadjustedSd, minimumDetectable, canary, blocks } = model.sensitivity;
  const delayed = effect(model, plantedDelay);
  const nothing = effect(model, 'spark.streamtune.nothing');
  const truth = delayedBy(model, 60);
  const noise = (value: number | null) =>
    value === null ? 'not known' : magnitude(Math.exp(value) - 1);
  return [
    {
      id: 'V14',
      what: `the baseline against itself, ${String(blocks)} blocks`,
      limit: 'passed',
      figure: controlFigure(control),
      ok: control?.result === 'passed',
    },
    {
      id: 'V14',
      what: 'a key that nobody reads',
      limit: 'no claim',
      figure: verdictFigure(nothing),
      ok: nothing !== null && !isClaim(nothing.kind),
    },
    {
      id: 'V14',
      what: 'noise between blocks, without and with the canary; smallest detectable change',
      limit: 'published',
      figure: `${noise(unadjustedSd)} and ${noise(sd)}, slope ${canary?.slope?.toFixed(2) ?? 'none'}; ${minimumDetectable === null ? 'not known' : magnitude(minimumDetectable)}`,
      ok: sd !== null,
    },
    {
      id: 'canary',
      what: 'share of the measured time that the job stood still for it',
      limit: '≤ 5 %',
      figure: canary === null ? 'not read' : magnitude(canary.frozenShare),
      ok: canary !== null && canary.frozenShare <= 0.05,
    },
    {
      id: 'V15',
      what: `60 ms more in each batch of ${baselineBatchMs(model).toFixed(0)} ms: the truth is ${percent(truth)}`,
      limit: 'the interval holds the truth',
      figure: verdictFigure(delayed),
      ok: delayed !== null && holds(delayed, truth),
    },
  ];
}

/** A large effect is claimed after three blocks. */
export function largeRows(model: ReportModel): ValidationRow[] {
  const verdict = effect(model, 'spark.sql.shuffle.partitions');
  return [
    {
      id: 'V15',
      what: '200 shuffle partitions instead of 2, 3 blocks',
      limit: 'worse',
      figure: verdictFigure(verdict),
      ok: verdict?.kind === 'worse',
    },
  ];
}

/** The effect of a factor's only other level. */
function effect(model: ReportModel, key: string): Verdict | null {
  return model.effects.find((one) => one.key === key)?.throughput ?? null;
}
