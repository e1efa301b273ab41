import type { Configuration } from '../model/configuration.js';
import type { Experiment } from '../model/experiment.js';
import type { Finding } from '../model/finding.js';
import { recordsOfTurn } from './batches/records-of-turn.js';

/** Says that a canary which the experiment asks for reads nothing, as the trials of all blocks take turns; empty if it does. */
export function canaryFinding(
  configurations: readonly Configuration[],
  experiment: Experiment,
  records: number,
): Finding[] {
  const { executor, measurement } = experiment;
  if (executor !== 'session' || measurement.canary === false) return [];
  const all = configurations.map(({ knobs }) => knobs);
  if (recordsOfTurn(experiment, all, records) === undefined) return [];
  return [
    {
      ...{ severity: 'note', rule: 'canary-unread', key: 'measurement.canary', levels: [] },
      what: 'The canary reads nothing, as all trials take turns in a live driver.',
      why: 'Turns are so short that the speed of the machine hardly changes between them.',
      instead: 'canary: off',
    },
  ];
}
