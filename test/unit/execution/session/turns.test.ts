import { expect } from 'chai';
import { createTurns } from '../../../../src/execution/session/turns.js';

describe('turns', () => {
  /** Takes so many turns for a trial, and notes each. */
  async function play(
    turns: ReturnType<typeof createTurns>,
    { trial, times }: { readonly trial: string; readonly times: number },
    noted: string[],
  ): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      using _turn = await turns.take(trial);
      noted.push(trial);
      await Promise.resolve();
    }
    turns.leave(trial);
  }

  it('give each trial one in a round, in an order that changes', async () => {
    const turns = createTurns({ seed: 3, block: 1 });
    const noted: string[] = [];
    const trials = ['a', 'b', 'c', 'd'];
    await Promise.all(trials.map((trial) => play(turns, { trial, times: 6 }, noted)));
    const rounds = [0, 1, 2, 3, 4, 5].map((round) =>
      noted.slice(4 * round, 4 * round + 4).join(''),
    );
    for (const round of rounds) expect(round.split('').sort().join('')).to.equal('abcd');
    expect(new Set(rounds).size).to.be.greaterThan(3);
  });

  it('have the order of their seed and block, whoever comes first', async () => {
    const orderOf = async (seed: number, block: number, trials = ['b', 'c', 'd']) => {
      const turns = createTurns({ seed, block });
      const noted: string[] = [];
      const first = await turns.take('a');
      const playing = trials.map((trial) => play(turns, { trial, times: 6 }, noted));
      first[Symbol.dispose]();
      turns.leave('a');
      await Promise.all(playing);
      return noted.join('');
    };
    const order = await orderOf(1, 2);
    expect(await orderOf(1, 2)).to.equal(order);
    expect((await orderOf(1, 2, ['d', 'c', 'b'])).slice(0, 3)).to.equal(order.slice(0, 3));
    const others = await Promise.all([orderOf(2, 2), orderOf(1, 3), orderOf(2, 1)]);
    expect(new Set([order, ...others]).size).to.equal(4);
  });

  it('let one that comes late take part from then on, and go on without one that leaves', async () => {
    const turns = createTurns({ seed: 3, block: 1 });
    const noted: string[] = [];
    const first = play(turns, { trial: 'a', times: 6 }, noted);
    const second = play(turns, { trial: 'b', times: 2 }, noted);
    await second;
    const third = play(turns, { trial: 'c', times: 2 }, noted);
    await Promise.all([first, third]);
    expect(noted.slice(0, 4).sort().join('')).to.equal('aabb');
    expect(noted.filter((one) => one === 'a')).to.have.lengthOf(6);
    expect(noted.slice(5, 8).join('')).not.to.equal('ccc');
    expect(noted.slice(-2).join('')).to.equal('aa');
  });
});
