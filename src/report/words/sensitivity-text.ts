import type { Sensitivity, ReportModel } from '../../model/run/report-model.js';
import { shortList } from '../../model/short-list.js';
import { areMixed } from './run/executor-text.js';
import { canarySentences } from './run/canary-text.js';
import { fewerOn, totalText } from './outcome/executors-text.js';
import { gainText, magnitude, percent, plural } from './wording.js';

/** What a run could and could not detect, from its own controls: a sentence each. */
export function sensitivitySentences(model: ReportModel): string[] {
  const { sensitivity, delta, screening, judgedAt, smallerTrials } = model;
  const disturbed = [...disturbedSentences(sensitivity), ...smallerSentences(smallerTrials)];
  const { sd, minimumDetectable, blocks, judgingBlocks } = sensitivity;
  if (screening !== null && judgedAt === null) {
    return [
      'Screening blocks rank the candidates and make no claim; what this run can detect shows once the fresh blocks have ended.',
      ...controlSentences(sensitivity),
      ...canarySentences(sensitivity, 'estimates'),
      ...disturbed,
    ];
  }
  if (sd === null || minimumDetectable === null) {
    return [
      `This run cannot tell an effect from chance: ${blocks === 0 ? 'no block has' : 'only one block has'} a valid baseline, and noise only shows between blocks.`,
      ...canarySentences(sensitivity, 'estimates'),
      ...disturbed,
    ];
  }
  return [
    `Noise between blocks: ${magnitude(Math.exp(sd) - 1)} (sd of paired log differences). In ${plural(judgingBlocks, screening === null ? 'block' : 'fresh block')} this run could detect a change of ${magnitude(minimumDetectable)} or more (80 % power); a change within ±${magnitude(delta)} counts as no change.`,
    ...controlSentences(sensitivity),
    ...driftSentences(model),
    ...canarySentences(sensitivity, 'verdicts'),
    ...disturbed,
  ];
}

function driftSentences({ sensitivity: { drift }, run: { trials } }: ReportModel): string[] {
  if (drift === null) return [];
  const which = areMixed(trials)
    ? ' of those that ran as the last one did (a live driver is warm, which is no drift)'
    : '';
  return [`The baseline drifted by ${percent(drift)} from the first block to the last${which}.`];
}

function controlSentences({ control }: Sensitivity): string[] {
  const { result, estimate } = control ?? { result: 'not-judged', estimate: null };
  if (estimate === null) return [];
  if (result === 'not-judged') {
    return [`The baseline against itself (A/A), so far: ${gainText(estimate)}.`];
  }
  return [
    `The A/A control (the baseline against itself) ${result}: ${gainText(estimate)}.`,
    ...(result === 'failed'
      ? [
          "Do not trust this run's verdicts: something other than the configurations differed. (One control in twenty fails by chance.)",
        ]
      : []),
  ];
}

function disturbedSentences({ disturbed, others }: Sensitivity): string[] {
  const load =
    others === null
      ? []
      : [
          `Other programs used ${magnitude(others.median)} of the CPU in the median trial, ${magnitude(others.most)} at most.`,
        ];
  if (disturbed.length === 0) return load;
  return [
    ...load,
    `During ${plural(disturbed.length, 'trial')} the machine was busy with other work or much slower than usual (${shortList(disturbed, 5)}).`,
  ];
}

/** Blocks cancel what changes slowly, not what one of their trials ran with. */
function smallerSentences(smaller: ReportModel['smallerTrials']): string[] {
  if (smaller.length === 0) return [];
  const each = smaller.map(({ trial, ran, had, hosts }) => {
    const where = hosts.length === 0 ? '' : `, ${fewerOn(hosts)}`;
    return `${trial}: ${totalText(ran)} instead of ${totalText(had)}${where}`;
  });
  return [
    `Although they count, ${plural(smaller.length, 'trial')} ran with less of the cluster than others that ask for the same (${shortList(each, 5, '; ')}): do not trust a comparison that rests on them.`,
  ];
}
