import { expect } from 'chai';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { planExperiment } from '../../../src/design/plan-experiment.js';
import type { Block } from '../../../src/model/trial/plan.js';
import { screenThenConfirm } from '../../../src/search/screen-then-confirm.js';
import { strategyOf } from '../../../src/search/strategy-of.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: screened
factors: { spark.a: [1, 2, 3, 4, 5, 6] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;
const ms = (block: number, level: unknown) =>
  1_000 - 20 * Number(level) + ((block * Number(level) * 7) % 11);

/** Plays a run block by block, as the loop does. */
function play(experiment = text) {
  const all = runRecord(experiment, ({ block, configuration }) =>
    ms(block, configuration.levels['spark.a']),
  );
  const blocks: Block[] = [];
  for (;;) {
    const decided = new Set(
      blocks.flatMap(({ launches }) =>
        launches.flatMap(({ trials }) => trials.map(({ id }) => id)),
      ),
    );
    const trials = all.trials.filter(({ trial }) => decided.has(trial.id));
    const next = screenThenConfirm.next({ ...all, blocks, trials });
    if (next === 'done') return { blocks, plan: all.plan };
    blocks.push(next);
  }
}

const configurationsOf = ({ launches }: Block) =>
  launches.flatMap(({ trials }) => trials.map(({ configuration }) => configuration.id));

describe('screen, then confirm', () => {
  it('is what five or more candidates get, unless there are looks or it is off', () => {
    const strategy = (more: string) => {
      const experiment = parseExperiment({ file: 'x.yaml', text: `${text}${more}` });
      return strategyOf(experiment, planExperiment(experiment)) === screenThenConfirm;
    };
    expect(strategy('')).to.equal(true);
    const off = text.replace('blocks: 4', 'blocks: 4, confirm: off');
    expect(planExperiment(parseExperiment({ file: 'x.yaml', text: off }))).not.to.have.property(
      'screening',
    );
    expect(strategy('stopping: { looks: [3, 4] }')).to.equal(false);
    const four = text.replace(', 6]', ']');
    expect(planExperiment(parseExperiment({ file: 'x.yaml', text: four }))).not.to.have.property(
      'screening',
    );
  });

  it('runs all candidates in the screening, and only the best after it', () => {
    const { blocks } = play();
    expect(blocks.map((block) => configurationsOf(block).length)).to.deep.equal([7, 7, 3, 3, 3, 3]);
    for (const block of blocks.slice(2)) {
      expect(configurationsOf(block)).to.have.members(['baseline', 'aa', 'c5']);
    }
  });

  it('balances the order of what is left', () => {
    const { blocks } = play(text.replace('blocks: 4', 'blocks: 6'));
    const pairs = blocks.slice(2).flatMap((block) => {
      const order = configurationsOf(block);
      return order.slice(1).map((one, index) => `${order[index] ?? ''} ${one}`);
    });
    const counts = [...new Set(pairs)].map((pair) => pairs.filter((one) => one === pair).length);
    expect(counts, 'six ordered pairs, each in two of six blocks').to.deep.equal(
      Array.from({ length: 6 }, () => 2),
    );
  });
});
