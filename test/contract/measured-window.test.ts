import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { cutWarmup } from '../../src/measure/warmup-cut.js';
import { seededRandom } from '../../src/model/seeded-random.js';
import { projectPath } from '../../src/process/project-paths.js';
import { steadyBatches } from '../helpers/progress.js';

const program = `
import json, sys
from measured_window import MeasuredWindow

for line in sys.stdin:
    case = json.loads(line)
    window = MeasuredWindow(case["seconds"], case["warmup"], 10)
    for began, seconds, rows in case["batches"]:
        window.add(began, seconds, rows)
    print(json.dumps([window.counted(), window.is_over(case["now"])]))
`;

interface Case {
  readonly seconds: number;
  readonly warmup: number;
  readonly now: number;
  /** Began, seconds, rows. */
  readonly batches: readonly (readonly [number, number, number])[];
}

function ask(cases: readonly Case[]): [counted: number, isOver: boolean][] {
  const { stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: cases.map((one) => JSON.stringify(one)).join('\n'),
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: projectPath('spark-jobs'), PYTHONDONTWRITEBYTECODE: '1' },
  });
  expect(stderr).to.equal('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as [number, boolean]);
}

/** Batches without a gap, of whole milliseconds. */
function batchesOf(durations: readonly number[]): Case['batches'] {
  let began = 1_000;
  return durations.map((seconds) => {
    const batch = [began, seconds, 100] as const;
    began = Math.round(1_000 * (began + seconds)) / 1_000;
    return batch;
  });
}

describe("the launcher's window", () => {
  it('counts the batches that the measurement counts', () => {
    const random = seededRandom(7);
    const cases = Array.from({ length: 200 }, (): Case => {
      const durations = Array.from(
        { length: random.below(30) },
        () => (50 + random.below(900)) / 1_000,
      );
      return { seconds: 5, warmup: random.below(8), now: 1_005, batches: batchesOf(durations) };
    });
    const expected = cases.map(({ batches, warmup }) => {
      const [model] = steadyBatches(1, 100, 100);
      const progress = batches.map(([began, seconds], batchId) => ({
        ...model!,
        batchId,
        startedAt: Math.round(1_000 * began),
        durationMs: { triggerExecution: Math.round(1_000 * seconds) },
      }));
      return cutWarmup(progress, warmup).counted.length;
    });
    expect(ask(cases).map(([counted]) => counted)).to.deep.equal(expected);
    expect(Math.max(...expected)).to.be.greaterThan(10);
  });

  it('is over when its time is, and not before ten batches count', () => {
    const of = (count: number, seconds: number) =>
      batchesOf(new Array<number>(count).fill(seconds));
    const cases: Case[] = [
      { seconds: 4, warmup: 1, now: 1_003.9, batches: of(30, 0.1) },
      { seconds: 4, warmup: 1, now: 1_004, batches: of(30, 0.1) },
      { seconds: 4, warmup: 1, now: 1_008, batches: of(8, 1) },
      { seconds: 4, warmup: 1, now: 1_016, batches: of(16, 1) },
      { seconds: 4, warmup: 1, now: 1_004, batches: [] },
    ];
    expect(ask(cases).map(([, isOver]) => isOver)).to.deep.equal([false, true, false, true, false]);
  });
});
