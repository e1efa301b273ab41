import { expect } from 'chai';
import { settingRows } from '../../../src/analysis/script/setting-rows.js';
import type { EndedTrial } from '../../../src/model/trial/ended-trial.js';
import type { ScriptRecord } from '../../../src/model/trial/script-record.js';
import { settingLines } from '../../../src/report/words/evidence/setting-text.js';
import { settingSection } from '../../../src/report/markdown/setting-section.js';

type Setting = ScriptRecord['settings'][number];

function trial(knobs: EndedTrial['trial']['configuration']['knobs'], settings: readonly Setting[]) {
  const configuration = { id: 'c1', role: 'candidate', levels: {}, knobs } as const;
  return {
    trial: { id: 'b1-t1-c1', block: 1, configuration },
    ...{ outcome: { kind: 'succeeded' }, wallMs: 1, machine: null, offered: null },
    measurement: null,
    script: { settings, children: [], raised: null, endedEarly: false },
  } as const satisfies EndedTrial;
}
const asked = (key: string, own: string | null, given: string | null): Setting => ({
  key,
  asked: own,
  given,
  where: own === null ? null : 'job.py:3',
});

describe('what a script asks for, in the report', () => {
  it('has one of four words for each setting', () => {
    const knobs = { 'spark.a': '1', 'spark.b': 2, 'source.maxOffsetsPerTrigger': 5 };
    const settings = [asked('spark.b', '7', '2'), asked('spark.c', 'x', 'x')];
    const rows = settingRows([trial(knobs, settings)]);
    expect(rows.map(({ key, words }) => [key, ...words])).to.deep.equal([
      ['spark.a', 'absent'],
      ['source.maxOffsetsPerTrigger', 'not captured'],
      ['spark.b', 'differs'],
      ['spark.c', 'match'],
    ]);
  });

  it('is told on a terminal where it is no match', () => {
    const knobs = { 'spark.a': '1', 'source.maxOffsetsPerTrigger': 5 };
    const settings = [asked('spark.b', '7', '2'), asked('spark.c', 'x', 'x')];
    expect(settingLines(settingRows([trial(knobs, settings)]))).to.deep.equal([
      'The script asks for something else (differs): spark.b (7 in job.py:3, ran with 2).',
      'The script says nothing of (absent): spark.a.',
      'The script never got to (not captured): source.maxOffsetsPerTrigger.',
    ]);
    expect(settingLines([])).to.deep.equal([]);
    const many = Array.from({ length: 9 }, (_, index) =>
      asked(`spark.x${String(index)}`, '1', '2'),
    );
    expect(settingLines(settingRows([trial({}, many)])).join()).to.match(/ and 3 more\.$/);
  });

  it('joins the trials, and names no folder of one of them', () => {
    const rows = settingRows([
      trial({}, [asked('spark.b', '7', '2'), asked('checkpointLocation', null, '/r/1/cp')]),
      trial({}, [asked('spark.b', '7', '7'), asked('checkpointLocation', null, '/r/2/cp')]),
    ]);
    expect(rows[0]).to.deep.equal({
      key: 'spark.b',
      script: ['7'],
      where: ['job.py:3'],
      ranWith: ['2', '7'],
      words: ['differs', 'match'],
    });
    expect(rows[1]?.ranWith).to.deep.equal(['a fresh one in each trial']);
    const text = settingSection(rows);
    expect(text).to.match(/\| spark\.b +\| 7 +\| job\.py:3 +\| 2, 7 +\| differs, match \|/);
  });

  it('says what was left out, and nothing about the shipped job', () => {
    const left = settingRows([trial({}, [asked('source.assign', '{"t":[0]}', null)])]);
    expect(settingSection(left)).to.contain('(left out)');
    const { script: _script, ...shipped } = trial({}, []);
    expect(settingSection(settingRows([shipped]))).to.equal('');
  });
});
