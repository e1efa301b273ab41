import { expect } from 'chai';
import { consoleState } from '../../../src/spark/console-state.js';

const line = '-------------------------------------------';
const batch = (number: number, table: string, after = '') =>
  `noise\n${line}\nBatch: ${String(number)}\n${line}\n${table}\n${after}\nprinted by the script\n`;
const table = (rows: string) =>
  `+------+-----+\n|letter|count|\n+------+-----+\n${rows}+------+-----+`;
const two =
  batch(0, table('|     a|    1|\n|     ||    2|\n')) + batch(1, table('|     a|    5|\n'));

const rowsOf = (printed: string, mode: string, keys: readonly string[] | null) =>
  consoleState(printed, { mode, keys })
    .state?.sample.map(({ key, value }) => `${key} ${value}`.trim())
    .sort();

describe('the console of a query', () => {
  it('has the last row of each key, all rows, or the last batch', () => {
    expect(rowsOf(two, 'update', ['letter'])).to.deep.equal([
      '{"letter":"a"} {"count":"5"}',
      '{"letter":"|"} {"count":"2"}',
    ]);
    expect(rowsOf(two, 'append', null)).to.have.length(3);
    expect(rowsOf(two, 'complete', ['letter'])).to.deep.equal(['{"letter":"a"} {"count":"5"}']);
    expect(
      rowsOf(batch(0, table('|     a|    1|\n|     a|    1|\n')), 'append', null),
    ).to.deep.equal(['{"letter":"a","count":"1"} × 2']);
  });

  it('has the same digest in any order', () => {
    const other =
      batch(0, table('|     ||    2|\n')) + batch(1, table('|     a|    1|\n|     a|    5|\n'));
    const digest = (printed: string) =>
      consoleState(printed, { mode: 'append', keys: null }).state?.digest;
    expect(digest(two)).to.equal(digest(other)).and.to.be.a('string');
  });

  it('tells wide characters apart, which shift the columns', () => {
    const wide = batch(0, table('|  漢字|    1|\n'));
    expect(rowsOf(wide, 'append', null)).to.deep.equal(['{"letter":"漢字","count":"1"}']);
  });

  it('is not read where it shows only a part, or something is between its lines', () => {
    const why = (printed: string, keys: readonly string[] | null = null) =>
      consoleState(printed, { mode: keys === null ? 'append' : 'update', keys }).unread?.kind;
    const full = table('|     a|    1|\n');
    expect(why(batch(0, full, 'only showing top 20 rows'))).to.equal('console-shortened');
    const cut = '+--------------------+\n|letter              |\n+--------------------+\n';
    const end = '|17 characters are...|\n+--------------------+';
    expect(why(batch(0, cut + end))).to.equal('console-shortened');
    expect(why(batch(0, table('a word\n')))).to.equal('console-mixed');
    expect(why(two, ['city'])).to.equal('keys');
  });
});
