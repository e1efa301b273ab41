import { expect } from 'chai';
import { executorSize, roomProblems, shortages } from '../../../src/cluster/check-room.js';
import type { WorkerView } from '../../../src/cluster/ask-master.js';

const worker: WorkerView = {
  host: 'a',
  isAlive: true,
  cores: 4,
  coresFree: 4,
  memoryMb: 2048,
  memoryFreeMb: 2048,
};

describe('the size of an executor', () => {
  it('is what Spark asks of a worker, at its defaults too', () => {
    const of = executorSize;
    expect(of({})).to.deep.equal({ cores: 1, memoryMb: 1024 });
    expect(of({ 'spark.executor.memory': '1536m' }).memoryMb).to.equal(1536);
    expect(of({ 'spark.executor.memory': 700 }).memoryMb).to.equal(700);
    expect(of({ 'spark.executor.cores': 3, 'spark.executor.memory': '2g' })).to.deep.equal({
      cores: 3,
      memoryMb: 2048,
    });
    expect(of({ 'spark.task.cpus': 2 }).cores).to.equal(2);
  });
});

describe('whether a cluster has room', () => {
  const problem = (knobs: Parameters<typeof executorSize>[0], workers: readonly WorkerView[]) =>
    roomProblems([{ id: 'c1', knobs }], { workers, applications: ['night'] });

  it('is told by the largest worker: an executor is never split', () => {
    expect(problem({}, [worker])).to.deep.equal([]);
    const large = { 'spark.executor.memory': '3g' };
    expect(problem(large, [worker, worker])).to.deep.equal([
      {
        id: 'c1',
        text: 'one executor takes 1 core and 3072 MiB; no worker has more than 4 cores or 2048 MiB.',
        isTaken: false,
      },
    ]);
    expect(
      problem(large, [worker, { ...worker, memoryMb: 4096, memoryFreeMb: 4096 }]),
    ).to.deep.equal([]);
    expect(problem({ 'spark.executor.cores': 5 }, [worker])).to.have.length(1);
  });

  it('does not count a worker that is gone', () => {
    const [found] = problem({}, [{ ...worker, isAlive: false }]);
    expect(found?.text).to.contain('no worker is alive');
  });

  it('may be a matter of time, if others hold it', () => {
    expect(problem({}, [{ ...worker, coresFree: 0 }])).to.deep.equal([
      {
        id: 'c1',
        text: 'one executor takes 1 core and 1024 MiB, which others hold now (night).',
        isTaken: true,
      },
    ]);
  });

  it('does not help where spark.cores.max is less than one executor takes', () => {
    const [found] = problem({ 'spark.cores.max': 1, 'spark.executor.cores': 2 }, [worker]);
    expect(found?.text).to.match(/^spark\.cores\.max=1 is less than the 2 cores/);
  });
});

describe('the cores that a configuration asks for', () => {
  const asks = (knobs: Parameters<typeof executorSize>[0]) =>
    shortages([{ id: 'c1', knobs }], { workers: [worker, worker, { ...worker, isAlive: false }] });
  const asked = (knobs: Parameters<typeof executorSize>[0]) =>
    asks(knobs).map(({ text }) => /for (\d+) cores.* have (\d+)/.exec(text)?.slice(1).map(Number));

  it('may be more than the workers that are alive have', () => {
    expect(asked({ 'spark.cores.max': 8 })).to.deep.equal([]);
    expect(asked({ 'spark.cores.max': 9 })).to.deep.equal([[9, 8]]);
    expect(asked({})).to.deep.equal([]);
  });

  it('come in whole executors, of which a worker starts as many as its memory holds', () => {
    const three = { 'spark.executor.cores': 3 };
    expect(asked({ ...three, 'spark.cores.max': 8 })).to.deep.equal([]);
    expect(asked({ ...three, 'spark.cores.max': 9 })).to.deep.equal([[9, 6]]);
    const small = { 'spark.executor.cores': 1, 'spark.executor.memory': '1g' };
    expect(asked({ ...small, 'spark.cores.max': 8 })).to.deep.equal([[8, 4]]);
  });

  it('are another matter where not even one executor fits', () => {
    expect(asked({ 'spark.executor.memory': '9g', 'spark.cores.max': 9 })).to.deep.equal([]);
  });
});
