import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { forecast } from '../../../src/design/forecast.js';
import { catalogue } from '../../../src/knobs/catalogue.js';
import { renderKnob, renderKnobList } from '../../../src/report/knob-text.js';
import { renderPlan } from '../../../src/report/plan-table.js';
import { renderTerminal } from '../../../src/report/terminal-table.js';
import { displayWidth, startWithin } from '../../../src/report/terminal/display-width.js';
import { textTable } from '../../../src/report/terminal/text-table.js';
import { wrapText } from '../../../src/report/terminal/wrap-text.js';
import { renderStatus } from '../../../src/report/words/run/status-text.js';
import type { RunStatus } from '../../../src/model/run/run-status.js';
import { seededRandom } from '../../../src/model/seeded-random.js';
import { oneLine } from '../../../src/model/printable.js';
import { hostileText } from '../../helpers/hostile-text.js';
import { runRecord } from '../../helpers/run-record.js';

const widths = [60, 80, 100, 160];
const long = `org.example.${'VeryLongName'.repeat(12)}`;
const experiment = `version: 1
name: wide
description: 分区越少越快吗？ ${'Which of these matter? '.repeat(8)}
knobs: { spark.master: "local[2]", spark.app.name: "${'分区'.repeat(60)}" }
factors:
  spark.sql.shuffle.partitions: [200, 10]
  spark.serializer: [null, "${long}", "${'分'.repeat(90)}"]
design: { kind: grid, blocks: 3, seed: 5 }
measurement: { warmup: 1s }
`;

function widest(text: string): number {
  return Math.max(...text.split('\n').map(displayWidth));
}

describe('the texts for a terminal', () => {
  const run = runRecord(experiment, ({ configuration, block }) =>
    configuration.id === 'c2'
      ? { kind: 'timed-out', limitSeconds: 9 }
      : Number(configuration.levels['spark.sql.shuffle.partitions']) * 4 + block,
  );
  const model = analyseRun(run);
  const plan = {
    ...run,
    forecast: forecast(run.plan, run.experiment),
    data: { records: 100_000, how: 'declared' } as const,
  };
  const status: RunStatus = {
    name: 'wide',
    state: 'running',
    startedAt: 'a',
    lastAt: 'b',
    planned: 18,
    ended: 3,
    current: 'b1-t2-c1',
    alongside: [],
    endsAt: null,
    failures: [
      {
        trial: 'b1-t1-c2',
        outcome: {
          kind: 'failed',
          failureClass: 'unknown',
          cause: { kind: 'message', text: `${long} 分区`.repeat(3) },
          stderrTail: [],
        },
      },
    ],
  };

  for (const width of widths) {
    it(`have no line wider than ${String(width)} columns`, () => {
      // The lines to paste are whole, whatever their width: they are the last paragraphs.
      const [result] = renderTerminal(model, width).split('\nTo use it');
      expect(widest(result!)).to.be.at.most(width);
      expect(widest(renderPlan(plan, width))).to.be.at.most(width);
      expect(widest(renderKnobList(catalogue(), width))).to.be.at.most(width);
      for (const entry of catalogue())
        expect(widest(renderKnob(entry, width))).to.be.at.most(width);
      expect(widest(renderStatus(status, width))).to.be.at.most(width);
    });
  }

  it('name the columns that there was no room for, and keep the verdicts', () => {
    const narrow = renderTerminal(model, 60);
    expect(narrow.replaceAll(/\s+/g, ' ')).to.match(
      /Not shown, for lack of width: batches, trials/,
    );
    expect(narrow).to.contain('verdict and change').and.to.contain('configuration');
    expect(renderTerminal(model, 200)).not.to.contain('Not shown');
  });

  it('keep the lines to paste whole', () => {
    const best = analyseRun(
      runRecord(experiment.replace('[200, 10]', '[200]'), ({ configuration, block }) =>
        configuration.id === 'c1' ? 200 + block : 800 + block,
      ),
    );
    expect(renderTerminal(best, 60).split('\n')).to.include(`--conf spark.serializer=${long}`);
  });
});

describe('textTable', () => {
  it('is as wide on each line, whatever is in it', () => {
    const random = seededRandom(7);
    const columns = [
      { label: 'name', align: 'left' },
      { label: 'more', align: 'left', leaves: 1 },
      { label: 'figure', align: 'right' },
    ] as const;
    for (let left = 60; left > 0; left -= 1) {
      const rows = Array.from({ length: 1 + random.below(4) }, () => [
        oneLine(hostileText(random)),
        oneLine(hostileText(random)),
        String(random.below(100_000)),
      ]);
      const width = 60 + random.below(100);
      const lines = textTable(columns, rows, width)
        .split('\n')
        .filter((line) => /^[┌│├└]/.test(line));
      expect(new Set(lines.map(displayWidth)).size).to.equal(1);
      expect(displayWidth(lines[0]!)).to.be.at.most(width);
    }
  });

  it('leaves out no character of what it wraps', () => {
    const table = textTable(
      [{ label: 'a', align: 'left' }],
      [[`spark.sql.${'shufflePartitions'.repeat(9)}=分区`]],
      60,
    );
    expect(table.replaceAll(/[^\w.=分区]/g, '')).to.contain(
      `${'shufflePartitions'.repeat(9)}=分区`,
    );
  });
});

describe('displayWidth', () => {
  it('counts wide characters twice and marks not at all', () => {
    expect(['', 'abc', '分区', 'e\u0301', '１', '👍', '−5 %'].map(displayWidth)).to.deep.equal([
      0, 3, 4, 1, 2, 2, 4,
    ]);
    expect([startWithin('分区ab', 3), startWithin('abc', 2), startWithin('', 5)]).to.deep.equal([
      '分',
      'ab',
      '',
    ]);
  });

  it('breaks lines at words, signs and capitals, and a per cent sign not from its number', () => {
    expect(wrapText('a change of 5 % or more', 13, '  ')).to.deep.equal([
      'a change of',
      '  5 % or more',
    ]);
    expect(wrapText('spark.sql.shuffle.partitions', 20, '  ')).to.deep.equal([
      'spark.sql.shuffle.',
      '  partitions',
    ]);
    expect(wrapText('maxOffsetsPerTrigger', 12)).to.deep.equal(['maxOffsets', 'PerTrigger']);
  });
});
