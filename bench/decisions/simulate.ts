import { mean } from '../../src/stats/mean.js';
import { isClaim } from '../../src/model/run/comparison.js';
import { simulateNight, verdictsOf, type Night } from '../../validation/simulated/nights.js';
import type { Way } from './ways.js';

/** One candidate of several has this gain, as where a planted delay falls away; the others are inert. */
export interface Question {
  readonly candidates: number;
  readonly gain: number;
}

export interface Answer {
  /** Blocks that judge. */
  readonly blocks: number;
  /** Share of nights that call the better one better, and no other better or worse. */
  readonly correct: number;
  /** Share of nights with a claim on a candidate that is inert, or of the wrong sign. */
  readonly wrong: number;
  readonly hours: number;
  readonly perHour: number;
}

const wanted = 0.8;
const mostBlocks = 96;

/**
 * The fewest blocks with which four nights of five are decided rightly, and what that takes; undefined if not even the
 * most are enough.
 */
export function answerOf(way: Way, question: Question, nights: number): Answer | undefined {
  let [low, high] = [3, mostBlocks];
  const known = new Map<number, Answer>();
  const at = (blocks: number) => {
    const found = known.get(blocks) ?? play(way, question, { blocks, nights });
    known.set(blocks, found);
    return found;
  };
  // Doubling first: nights with many blocks take long.
  for (let blocks = low; blocks < mostBlocks; blocks *= 2) {
    if (at(blocks).correct >= wanted) {
      high = blocks;
      break;
    }
    low = blocks + 1;
  }
  if (high === mostBlocks && at(high).correct < wanted) return undefined;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle).correct >= wanted) high = middle;
    else low = middle + 1;
  }
  return at(high);
}

function play(
  way: Way,
  { candidates, gain }: Question,
  { blocks, nights }: { readonly blocks: number; readonly nights: number },
): Answer {
  const night: Night = {
    ...{ configurations: candidates + 1, blocks, gains: [gain] },
    ...way.night(blocks),
  };
  const all = Array.from({ length: nights }, (_, index) => {
    const run = simulateNight(night, index + 1);
    const verdicts = verdictsOf(run);
    const others = [...verdicts].some(([id, one]) => id !== 'c1' && isClaim(one.kind));
    const kind = verdicts.get('c1')?.kind;
    const isWrong = others || kind === 'worse';
    return { isRight: kind === 'better' && !isWrong, isWrong, seconds: way.seconds(run) };
  });
  const share = (holds: (one: (typeof all)[number]) => boolean) =>
    all.filter(holds).length / nights;
  const hours = mean(all.map(({ seconds }) => seconds)) / 3_600;
  const correct = share(({ isRight }) => isRight);
  return {
    blocks,
    correct,
    wrong: share(({ isWrong }) => isWrong),
    hours,
    perHour: correct / hours,
  };
}
