import type { RunRecord } from '../model/run/run-record.js';
import type { ReportModel } from '../model/run/report-model.js';
import { candidatesOf } from '../model/trial/plan.js';
import type { JudgedRun } from './judge/judge-run.js';

/** What a report says of a screening and of the keys of the best. */
export function screeningPart(
  { plan }: Pick<RunRecord, 'plan'>,
  { screened, ablations }: JudgedRun,
): Pick<ReportModel, 'screening' | 'ablations'> {
  const { screening } = plan;
  if (screened === undefined || screening === undefined) return { screening: null, ablations: [] };
  return {
    screening: {
      blocks: screening.blocks,
      judgingBlocks: plan.blocks.length - screening.blocks,
      candidates: candidatesOf(plan).length,
      top: screening.top,
      isOver: screened.isOver,
      kept: screened.kept,
    },
    ablations: ablations.map(({ judgement, ...ablation }) => ({ ...ablation, ...judgement })),
  };
}
