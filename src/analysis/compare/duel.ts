import type { Configuration } from '../../model/configuration.js';
import type { TrialHistory } from '../../model/run/run-record.js';
import type { EndedTrial } from '../../model/trial/ended-trial.js';
import { indexTrials, type TrialIndex } from '../trial-index.js';
import { configurationSide, type OpenedSide } from './run-side.js';

/** One configuration of a side. */
export interface DuelSide {
  readonly side: OpenedSide;
  readonly configuration: Configuration;
}

/** Two configurations as a small run of their own. */
export interface Duel {
  readonly table: TrialIndex;
  readonly changed: Configuration;
}

/**
 * The trials of two configurations as those of one run in which the first is the baseline, so that whether the second may
 * be compared at all is decided as in any run. The blocks of two runs are kept apart: they were never one.
 */
export function duelOf(before: DuelSide, after: DuelSide): Duel {
  const roles = ['baseline', 'baseline-repeat'] as const;
  const reference = configurationSide(before.side, before.configuration).map((one, index) => ({
    one,
    stand: standIn(one, roles[index] ?? 'baseline-repeat'),
  }));
  const [own] = configurationSide(after.side, after.configuration);
  const { inert } = after.configuration;
  const changed = {
    ...standIn(own ?? after.configuration, 'candidate'),
    ...(inert !== undefined && inert.same === before.configuration.id ? { inert } : {}),
  };
  const apart = before.side.run.plan.blocks.length;
  const shift = before.side.run.manifest.runId === after.side.run.manifest.runId ? 0 : apart;
  const trials: EndedTrial[] = [
    ...reference.flatMap(({ one, stand }) => takenFrom(before.side, one, { stand, shift: 0 })),
    ...takenFrom(after.side, own ?? after.configuration, { stand: changed, shift }),
  ];
  const blocks = [...before.side.run.plan.blocks, ...after.side.run.plan.blocks];
  const run: TrialHistory = {
    experiment: before.side.run.experiment,
    plan: {
      ...before.side.run.plan,
      configurations: [...reference.map(({ stand }) => stand), changed],
      blocks: blocks.map((block, index) => ({ ...block, number: index + 1 })),
    },
    trials,
  };
  return { table: indexTrials(run), changed };
}

function standIn({ levels, knobs, id }: Configuration, role: Configuration['role']): Configuration {
  return { id: `${role} ${id}`, role, levels, knobs };
}

function takenFrom(
  { table }: OpenedSide,
  { id }: Configuration,
  { stand, shift }: { readonly stand: Configuration; readonly shift: number },
): EndedTrial[] {
  return table.trialsOf(id).map((ended) => ({
    ...ended,
    trial: { ...ended.trial, block: ended.trial.block + shift, configuration: stand },
  }));
}
