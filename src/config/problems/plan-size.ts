/** Beyond these it is a mistake: one block with that many configurations takes a day, and nobody reads the table. */
const most = { configurations: 1_000, trials: 100_000 };

/** Says that an experiment makes too many configurations or trials; undefined if it does not. */
export function planSizeProblem(size: {
  readonly kind: 'grid' | 'one-at-a-time' | undefined;
  /** The number of levels of each factor. */
  readonly levels: readonly number[];
  readonly blocks: number;
}): string | undefined {
  const { levels, blocks } = size;
  const oneAtATime = size.kind === 'one-at-a-time';
  const configurations = oneAtATime
    ? levels.reduce((sum, count) => sum + count - 1, 1)
    : levels.reduce((product, count) => product * count, 1);
  const trials = configurations * blocks;
  const advice = oneAtATime ? '' : ', or design.kind: one-at-a-time';
  if (configurations > most.configurations) {
    return `the factors make ${configurations.toLocaleString('en')} configurations, more than 1,000; use fewer levels${advice}`;
  }
  if (trials > most.trials) {
    return `that makes ${trials.toLocaleString('en')} trials, more than 100,000; use fewer levels or blocks${advice}`;
  }
  return undefined;
}
