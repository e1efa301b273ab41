import { expect } from 'chai';
import { decidingEvents, measuredQuery } from '../../../src/measure/deciding-query.js';
import type { ProgressEvent } from '../../../src/model/trial/progress-event.js';
import { parseExperiment } from '../../../src/config/parse-experiment.js';
import { steadyBatches } from '../../helpers/progress.js';

const [batch] = steadyBatches(1, 100, 1_000);

function started(id: string, name: string | null, runId = `run-${id}`): ProgressEvent {
  return { kind: 'started', at: 1, query: { id, runId, name } };
}
function progress(runId: string): ProgressEvent {
  return { kind: 'progress', at: 2, progress: { ...batch!, runId } };
}
function ended(runId: string): ProgressEvent {
  return { kind: 'terminated', at: 3, exception: null, runId };
}

const two = [
  started('a', 'by_city'),
  started('b', null),
  progress('run-a'),
  progress('run-b'),
  ended('run-a'),
  ended('run-b'),
];

describe('the query that decides', () => {
  it('is the only one, whatever its name', () => {
    const one = [started('a', 'by_city'), progress('run-a'), ended('run-a')];
    expect(decidingEvents(one, undefined)).to.deep.equal({ events: one });
    const untold = [{ kind: 'started', at: 1 } as const, progress('x')];
    expect(decidingEvents(untold, undefined)).to.deep.equal({ events: untold });
  });

  it('is the same one when it was started again from its checkpoint', () => {
    const again = [started('a', null), progress('run-a'), started('a', null, 'run-2')];
    expect(decidingEvents(again, undefined)).to.deep.equal({ events: again });
  });

  it('is the one with the wanted name', () => {
    const { events, problem } = decidingEvents(two, 'by_city');
    expect(problem).to.equal(undefined);
    expect(events).to.deep.equal([two[0], two[2], two[4]]);
  });

  it('has a number for a name, in the order of their start', () => {
    const { events } = decidingEvents(two, 'query-2');
    expect(events).to.deep.equal([two[1], two[3], two[5]]);
  });

  it('must be named where there are several', () => {
    expect(decidingEvents(two, undefined)).to.deep.equal({
      events: [],
      problem: { kind: 'several-queries', names: ['by_city', 'query-2'] },
    });
    expect(decidingEvents(two, 'by_town').problem).to.deep.equal({
      kind: 'query-unknown',
      wanted: 'by_town',
      names: ['by_city', 'query-2'],
    });
  });

  it('is none without a start: then something else explains the trial', () => {
    expect(decidingEvents([], 'by_city')).to.deep.equal({ events: [] });
  });

  it('comes from the experiment', () => {
    const text = 'version: 1\nname: x\njob: { script: a.py, query: by_city }\n';
    const experiment = parseExperiment({ text, file: 'x.yaml' });
    expect(measuredQuery(experiment)).to.include({ query: 'by_city', warmupSeconds: 8 });
  });
});
