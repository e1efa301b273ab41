import { expect } from 'chai';
import { createTurns } from '../../../../src/execution/session/turns.js';
import { seededRandom } from '../../../../src/model/seeded-random.js';

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
    const turns = createTurns(seededRandom(3));
    const noted: string[] = [];
    const trials = ['a', 'b', 'c', 'd'];
    await Promise.all(trials.map((trial) => play(turns, { trial, times: 6 }, noted)));
    const rounds = [0, 1, 2, 3, 4, 5].map((round) =>
      noted.slice(4 * round, 4 * round + 4).join(''),
    );
    for (const round of rounds) expect(round.split('').sort().join('')).to.equal('abcd');
    expect(new Set(rounds).size).to.be.greaterThan(3);
  });

  it('let one that comes late take part from then on, and go on without one that leaves', async () => {
    const turns = createTurns(seededRandom(3));
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
