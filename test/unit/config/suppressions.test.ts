import { expect } from 'chai';
import { placeFindings } from '../../../src/config/positions/place-findings.js';
import { suppressionsOf, withoutSuppressed } from '../../../src/config/positions/suppressions.js';
import type { Finding } from '../../../src/model/finding.js';

const finding = (key: string, levels: Finding['levels'] = []): Finding => ({
  ...{ severity: 'warning', rule: 'cannot-act', what: 'w', why: 'y', instead: null },
  ...{ key, levels },
});

function left(text: string, ...findings: readonly Finding[]): string[] {
  return withoutSuppressed(placeFindings(findings, text), text).map(
    ({ rule, position }) => `${rule} ${String(position?.line)}`,
  );
}

describe('a suppression', () => {
  it('concerns its own line, or the next one if it stands alone', () => {
    const text = `knobs:
  # streamtune-ignore: cannot-act a placebo
  # streamtune-ignore: value because

  spark.a: 1
  spark.b: 1 # streamtune-ignore: cannot-act another one
`;
    expect(
      suppressionsOf(text).map(({ rule, reason, line }) => [rule, reason, line]),
    ).to.deep.equal([
      ['cannot-act', 'a placebo', 5],
      ['value', 'because', 5],
      ['cannot-act', 'another one', 6],
    ]);
    expect(left(text, finding('spark.a'), finding('spark.b'))).to.deep.equal([
      'suppression-unused 3',
    ]);
  });

  it('suppresses only its rule, and only with a reason', () => {
    expect(
      left('knobs:\n  spark.a: 1 # streamtune-ignore: frozen x\n', finding('spark.a')),
    ).to.have.members(['cannot-act 2', 'suppression-unused 2']);
    expect(
      left('knobs:\n  spark.a: 1 # streamtune-ignore: cannot-act\n', finding('spark.a')),
    ).to.have.members(['cannot-act 2', 'suppression-without-reason 2']);
    expect(left('knobs: {} # streamtune-ignore: nonsense x\n')).to.deep.equal([
      'suppression-unused 1',
    ]);
  });

  it('reaches a level that has a line of its own from the line of its key', () => {
    const text = `factors:
  # streamtune-ignore: cannot-act on purpose
  spark.a:
    - null
    - 5
  spark.b:
    - 5 # streamtune-ignore: cannot-act also
`;
    expect(left(text, finding('spark.a', [5]), finding('spark.b', [5]))).to.deep.equal([]);
  });

  it('is no comment inside a value', () => {
    const text = `description: "# streamtune-ignore: value x"
knobs:
  spark.a: |
    # streamtune-ignore: value x
  spark.b: a#b # streamtune-ignore: cannot-act é
`;
    expect(
      suppressionsOf(text).map(({ position }) => [position.line, position.column]),
    ).to.deep.equal([[5, 16]]);
  });
});
